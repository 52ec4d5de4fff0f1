import { useSyncExternalStore } from 'react'
import type { SessionState } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** The session on a server and during hydration. Always the same object. */
const unknown: SessionState = { status: 'unknown', user: null, expiresAt: null, organization: null }

/**
 * Returns the session. The component renders again when the session changes, in this tab or another.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useSession } from 'fast-auth/react'
 *
 * export function Address() {
 *   const session = useSession()
 *   return <p>{session.status === 'signed-in' ? session.user.email : 'Not signed in'}</p>
 * }
 * ```
 */
export function useSession(): SessionState {
  const client = useAuthClient()
  return useSyncExternalStore(
    client.subscribe,
    () => client.session,
    () => unknown,
  )
}
