import { useMemo, useState } from 'react'
import type { AuthClient, AuthSecondFactorRequired } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** The two steps of a sign-in. */
export interface SignInSteps {
  /** The sign-in that waits for a second factor; `null` if none waits. */
  readonly waiting: AuthSecondFactorRequired | null
  /** As the function of the client. After status 202, `waiting` is set. */
  readonly signIn: AuthClient['signIn']
  /** As the function of the client. If it succeeds or the sign-in has expired, `waiting` is `null`. */
  readonly completeSignIn: AuthClient['completeSignIn']
  /** Returns to the first step. */
  readonly cancel: () => void
}

/**
 * Returns the steps of a sign-in, for a form that asks for the password and then for the second factor, if the user has one.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useSignIn } from 'fast-auth/react'
 * import type { FormEvent } from 'react'
 *
 * export function SignInForm() {
 *   const { waiting, signIn, completeSignIn } = useSignIn()
 *   const submit = (event: FormEvent<HTMLFormElement>) => {
 *     event.preventDefault()
 *     const fields = new FormData(event.currentTarget)
 *     const field = (name: string) => String(fields.get(name))
 *     if (waiting === null) void signIn({ email: field('email'), password: field('password') })
 *     else void completeSignIn({ code: field('code') })
 *   }
 *   return <form onSubmit={submit}>{waiting === null ? <PasswordFields /> : <CodeField />}</form>
 * }
 *
 * declare function PasswordFields(): null
 * declare function CodeField(): null
 * ```
 */
export function useSignIn(): SignInSteps {
  const client = useAuthClient()
  const [waiting, setWaiting] = useState<AuthSecondFactorRequired | null>(null)
  const steps = useMemo<Omit<SignInSteps, 'waiting'>>(
    () => ({
      async signIn(...parameters) {
        const result = await client.signIn(...parameters)
        setWaiting(result.status === 202 ? result.data : null)
        return result
      },
      async completeSignIn(...parameters) {
        const result = await client.completeSignIn(...parameters)
        if (result.error === undefined || result.error.code === 'FAST_AUTH_SIGN_IN_EXPIRED') setWaiting(null)
        return result
      },
      cancel: () => setWaiting(null),
    }),
    [client],
  )
  return { waiting, ...steps }
}
