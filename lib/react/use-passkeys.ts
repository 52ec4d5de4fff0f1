import { useMemo } from 'react'
import type { AuthClient, AuthPasskey } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'
import { useOwned } from './use-owned.js'

/** The passkeys of the user, and the operations that change them. */
export interface PasskeysState {
  /** The oldest first. `null` if no user is signed in, and until the server has answered. */
  readonly passkeys: readonly AuthPasskey[] | null
  /** As the functions of the client. After a success, `passkeys` is read again. */
  readonly registerPasskey: AuthClient['registerPasskey']
  readonly renamePasskey: AuthClient['renamePasskey']
  readonly deletePasskey: AuthClient['deletePasskey']
}

/**
 * Returns the passkeys of the user, for a page of the account.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { usePasskeys } from 'fast-auth/react'
 *
 * export function Passkeys() {
 *   const { passkeys, registerPasskey, deletePasskey } = usePasskeys()
 *   return (
 *     <>
 *       <button onClick={() => registerPasskey()}>Add a passkey</button>
 *       {passkeys?.map(({ id, name }) => (
 *         <button key={id} onClick={() => deletePasskey({ id })}>
 *           Remove {name}
 *         </button>
 *       ))}
 *     </>
 *   )
 * }
 * ```
 */
export function usePasskeys(): PasskeysState {
  const client = useAuthClient()
  const { value, thenRead } = useOwned(client.listPasskeys)
  const operations = useMemo(
    () => ({
      registerPasskey: thenRead(client.registerPasskey),
      renamePasskey: thenRead(client.renamePasskey),
      deletePasskey: thenRead(client.deletePasskey),
    }),
    [client, thenRead],
  )
  return { passkeys: value?.items ?? null, ...operations }
}
