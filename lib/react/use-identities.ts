import { useMemo } from 'react'
import type { AuthClient, AuthError, AuthIdentity, ProviderErrorCode } from '../client/index.js'
import { useProvided } from './auth-provider.js'
import { useOwned } from './use-owned.js'

/** The accounts of the user at other providers, and what changes them. */
export interface IdentitiesState {
  /** The oldest first. `null` if no user is signed in, and until the server has answered. */
  readonly identities: readonly AuthIdentity[] | null
  /**
   * The name of the provider from which the browser has returned, if an account there is linked now. `null` if not, and after the
   * next change.
   */
  readonly linked: string | null
  /** The error with which the browser has returned from a provider; `null` if there is none, and after the next change. */
  readonly linkError: AuthError<ProviderErrorCode> | null
  /** As the functions of the client. After a success, `identities` is read again. */
  readonly linkWith: AuthClient['linkWith']
  readonly unlinkIdentity: AuthClient['unlinkIdentity']
}

/**
 * Returns the accounts of the user at other providers, for a page of the account.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useIdentities } from 'fast-auth/react'
 *
 * export function LinkedAccounts() {
 *   const { identities, linkWith, unlinkIdentity } = useIdentities()
 *   return (
 *     <>
 *       <button onClick={() => linkWith('google')}>Link Google</button>
 *       {identities?.map(({ id, provider, email }) => (
 *         <button key={id} onClick={() => unlinkIdentity({ id })}>
 *           Unlink {provider} {email}
 *         </button>
 *       ))}
 *     </>
 *   )
 * }
 * ```
 */
export function useIdentities(): IdentitiesState {
  const { client, returned, forget } = useProvided()
  const { value, thenRead } = useOwned(client.listIdentities)
  const operations = useMemo<Pick<IdentitiesState, 'linkWith' | 'unlinkIdentity'>>(() => {
    const linkWith = thenRead(client.linkWith)
    const unlinkIdentity = thenRead(client.unlinkIdentity)
    return {
      linkWith(...parameters) {
        forget()
        return linkWith(...parameters)
      },
      unlinkIdentity(...parameters) {
        forget()
        return unlinkIdentity(...parameters)
      },
    }
  }, [client, thenRead, forget])
  return {
    identities: value?.items ?? null,
    linked: returned?.outcome === 'linked' ? returned.provider : null,
    linkError: returned?.error ?? null,
    ...operations,
  }
}
