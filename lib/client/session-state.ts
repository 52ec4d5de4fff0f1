import type { AuthSession, AuthUser } from './generated/operations.js'

/** The organisation in which a session acts, and the role of its user there; `null`: in none, or the server has no organisations. */
export type CurrentOrganization = NonNullable<AuthSession['organization']> | null

/** A session with a user. */
export interface SignedInState {
  readonly status: 'signed-in'
  readonly user: AuthUser
  /** When the session ends unless it is refreshed earlier; `null` if unknown, as on a page that was opened later. */
  readonly expiresAt: string | null
  readonly organization: CurrentOrganization
}

/** No session, or none yet. */
export interface SignedOutState {
  /** `unknown` until the client has asked the server. */
  readonly status: 'unknown' | 'signed-out'
  readonly user: null
  readonly expiresAt: null
  readonly organization: null
}

/** The session, as far as this client knows. */
export type SessionState = SignedInState | SignedOutState

const nothing = { user: null, expiresAt: null, organization: null } as const

export const unknownSession: SignedOutState = Object.freeze({ status: 'unknown', ...nothing })
export const noSession: SignedOutState = Object.freeze({ status: 'signed-out', ...nothing })

export interface SessionHolder {
  /** The object is the same until the session changes. */
  readonly current: SessionState
  set(next: SessionState): void
  /** Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void
}

function notify(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    // Reports the error of a listener as an uncaught exception, so the other listeners still run.
    queueMicrotask(() => {
      throw error
    })
  }
}

export function createSessionHolder(): SessionHolder {
  const listeners = new Set<() => void>()
  let current: SessionState = unknownSession
  return {
    get current() {
      return current
    },
    set(next) {
      if (JSON.stringify(next) === JSON.stringify(current)) return
      current = next
      for (const listener of [...listeners]) notify(listener)
    },
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
  }
}
