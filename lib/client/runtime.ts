/** The options of a lock of `navigator.locks`. */
interface LockOptions {
  readonly ifAvailable?: boolean
  readonly signal?: AbortSignal
}

interface Listener {
  hear(event: { readonly data?: unknown }): void
}

export interface Channel {
  /** Has the type of a method, since browsers pass more than this interface declares. */
  onmessage: Listener['hear'] | null
  postMessage(message: unknown): void
  close(): void
}

interface Runtime {
  readonly BroadcastChannel?: new (name: string) => Channel
  readonly document?: unknown
  readonly location?: { readonly origin: string }
  readonly navigator?: {
    readonly locks?: {
      request(name: string, options: LockOptions, work: (lock: object | null) => Promise<void>): Promise<unknown>
    }
  }
}

/** Features that runtimes other than browsers may lack. Read them on demand, since some appear and disappear. */
export const runtime: Runtime = globalThis
