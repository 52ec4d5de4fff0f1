/** What a lock of `navigator.locks` is asked for. */
interface LockOptions {
  readonly ifAvailable?: boolean
  readonly signal?: AbortSignal
}

interface Listener {
  hear(event: { readonly data?: unknown }): void
}

export interface Channel {
  /** Of a method's type, since browsers hand over more than is asked for here. */
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

/** What browsers have and other runtimes may not: to be looked at when it is needed, since some of it comes and goes. */
export const runtime: Runtime = globalThis
