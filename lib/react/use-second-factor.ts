import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AuthClient, AuthSecondFactor } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'
import { useSession } from './use-session.js'

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
  const { status, user } = useSession()
  const [secondFactor, setSecondFactor] = useState<AuthSecondFactor | null>(null)
  /** The number of the newest request: responses to earlier ones are stale. */
  const newest = useRef(0)

  const read = useCallback(async () => {
    newest.current += 1
    const own = newest.current
    const { data } = await client.getSecondFactor()
    if (own === newest.current && data !== undefined) setSecondFactor(data)
  }, [client])

  const userId = user?.id
  const isSignedOut = status === 'signed-out'
  useEffect(() => {
    if (isSignedOut) setSecondFactor(null)
    else void read()
    return () => {
      newest.current += 1
      // Another user follows; a user who becomes known is the same.
      if (userId !== undefined) setSecondFactor(null)
    }
  }, [read, isSignedOut, userId])

  const operations = useMemo(() => {
    const thenRead =
      <Parameters extends readonly unknown[], Result extends { readonly error?: unknown }>(
        operation: (...parameters: Parameters) => Promise<Result>,
      ) =>
      async (...parameters: Parameters): Promise<Result> => {
        const result = await operation(...parameters)
        if (result.error === undefined) void read()
        return result
      }
    return {
      startTotp: client.startTotp,
      confirmTotp: thenRead(client.confirmTotp),
      removeTotp: thenRead(client.removeTotp),
      renewRecoveryCodes: thenRead(client.renewRecoveryCodes),
    }
  }, [client, read])
  return { secondFactor, ...operations }
}
