import { useMemo } from 'react'
import type { AuthClient, AuthSecondFactor } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'
import { useOwned } from './use-owned.js'

/** The second factor of the user, and the operations that change it. */
export interface SecondFactorState {
  /** `null` if no user is signed in, and until the server has answered. */
  readonly secondFactor: AuthSecondFactor | null
  /** As the functions of the client. After a success, `secondFactor` is read again. */
  readonly startTotp: AuthClient['startTotp']
  readonly confirmTotp: AuthClient['confirmTotp']
  readonly removeTotp: AuthClient['removeTotp']
  readonly renewRecoveryCodes: AuthClient['renewRecoveryCodes']
}

/**
 * Returns the second factor of the user. It is also known if the server requires a second factor that the user has not set up
 * yet; `useSession().status` may be `unknown` then.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useSecondFactor } from 'fast-auth/react'
 *
 * export function RecoveryCodesLeft() {
 *   const { secondFactor } = useSecondFactor()
 *   if (secondFactor === null || secondFactor.totp === null) return <p>You have no second factor</p>
 *   return <p>{secondFactor.recoveryCodesLeft} recovery codes are left</p>
 * }
 * ```
 */
export function useSecondFactor(): SecondFactorState {
  const client = useAuthClient()
  const { value: secondFactor, thenRead } = useOwned(client.getSecondFactor)
  const operations = useMemo(
    () => ({
      startTotp: client.startTotp,
      confirmTotp: thenRead(client.confirmTotp),
      removeTotp: thenRead(client.removeTotp),
      renewRecoveryCodes: thenRead(client.renewRecoveryCodes),
    }),
    [client, thenRead],
  )
  return { secondFactor, ...operations }
}
