import type { AuthUser } from './generated/document.js'

export interface SignedInState {
  readonly status: 'signed-in'
  readonly user: AuthUser
  /** When the session ends unless it is refreshed before. `null`: a page that was opened later has not been told. */
  readonly expiresAt: string | null
}

export interface SignedOutState {
  /** `unknown`: nobody has asked the server yet. */
  readonly status: 'unknown' | 'signed-out'
  readonly user: null
  readonly expiresAt: null
}

/** Who is signed in here, as far as this client knows. */
export type SessionState = SignedInState | SignedOutState

export const unknownSession: SignedOutState = Object.freeze({ status: 'unknown', user: null, expiresAt: null })
export const noSession: SignedOutState = Object.freeze({ status: 'signed-out', user: null, expiresAt: null })

export interface SessionHolder {
  /** The same object until something changes. */
  readonly current: SessionState
  set(next: SessionState): void
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void
}

function notify(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    // A listener's fault is reported like that of an event listener, and is no concern of the others.
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
