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

/** The document of a page, as far as the client needs it. */
interface Page {
  readonly visibilityState?: string
  hasFocus?(): boolean
  addEventListener?(type: 'visibilitychange', listener: () => void): void
  removeEventListener?(type: 'visibilitychange', listener: () => void): void
}

/** The options of `navigator.credentials.create` and `navigator.credentials.get`, for passkeys. */
interface CredentialRequest {
  readonly publicKey?: object
  readonly signal?: AbortSignal
  readonly mediation?: string
}

/** The static methods of `PublicKeyCredential`, each of which some browsers lack. */
export interface PasskeyPlatform {
  isConditionalMediationAvailable?(): Promise<boolean>
  signalUnknownCredential?(signal: { readonly rpId: string; readonly credentialId: string }): Promise<unknown>
  signalAllAcceptedCredentials?(signal: {
    readonly rpId: string
    readonly userId: string
    readonly allAcceptedCredentialIds: readonly string[]
  }): Promise<unknown>
  signalCurrentUserDetails?(signal: {
    readonly rpId: string
    readonly userId: string
    readonly name: string
    readonly displayName: string
  }): Promise<unknown>
}

/** The storage of a tab. Browsers may throw an error when it is read. */
export interface TabStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** A window that the page has opened. */
interface OpenedWindow {
  readonly closed: boolean
  readonly location: { replace(url: string): void }
  readonly sessionStorage?: TabStorage
  close(): void
}

interface Runtime {
  readonly BroadcastChannel?: new (name: string) => Channel
  readonly PublicKeyCredential?: PasskeyPlatform
  readonly document?: Page
  readonly history?: { readonly state: unknown; replaceState(state: unknown, unused: string, url?: string): void }
  readonly location?: { readonly origin: string; readonly href?: string; assign?(url: string): void }
  readonly navigator?: {
    readonly credentials?: {
      create(request?: CredentialRequest): Promise<unknown>
      get(request?: CredentialRequest): Promise<unknown>
    }
    readonly locks?: {
      request(name: string, options: LockOptions, work: (lock: object | null) => Promise<void>): Promise<unknown>
    }
  }
  readonly sessionStorage?: TabStorage
  open?(url: string, target: string, features: string): OpenedWindow | null
  close?(): void
}

/** Features that runtimes other than browsers may lack. Read them on demand, since some appear and disappear. */
export const runtime: Runtime = globalThis
