import { useSyncExternalStore } from 'react'
import type { SessionState } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** The session on a server and during hydration. Always the same object. */
const unknown: SessionState = { status: 'unknown', user: null, expiresAt: null }

/** Returns the session. The component renders again when it changes, in this tab or another. */
export function useSession(): SessionState {
  const client = useAuthClient()
  return useSyncExternalStore(
    client.subscribe,
    () => client.session,
    () => unknown,
  )
}
