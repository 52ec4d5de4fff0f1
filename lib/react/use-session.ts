import { useSyncExternalStore } from 'react'
import type { SessionState } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** On a server, and while a page that was made there comes to life. The same object always. */
const unknown: SessionState = { status: 'unknown', user: null, expiresAt: null }

/** Who is signed in. The component renders again when that changes, in this tab or in another. */
export function useSession(): SessionState {
  const client = useAuthClient()
  return useSyncExternalStore(
    client.subscribe,
    () => client.session,
    () => unknown,
  )
}
