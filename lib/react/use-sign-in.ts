import { useEffect, useMemo, useState } from 'react'
import type { AuthClient, AuthError, AuthSecondFactorRequired } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** The settings of `useSignIn`. */
export interface SignInSettings {
  /**
   * Offers passkeys in the autofill of fields with `autoComplete="username webauthn"`, as long as the component is rendered and no
   * sign-in waits. Browsers without this feature ignore it.
   * @default false
   */
  readonly autofill?: boolean
}

/** The two steps of a sign-in. */
export interface SignInSteps {
  /** The sign-in that waits for a second factor; `null` if none waits. */
  readonly waiting: AuthSecondFactorRequired | null
  /** As the function of the client. After status 202, `waiting` is set. */
  readonly signIn: AuthClient['signIn']
  /** As the function of the client: one step instead of two. After an error, the autofill offers passkeys again. */
  readonly signInWithPasskey: AuthClient['signInWithPasskey']
  /** Why the server refused the last passkey from the autofill; `null` after the next step. */
  readonly autofillError: AuthError | null
  /** As the function of the client. If it succeeds or the sign-in has expired, `waiting` is `null`. */
  readonly completeSignIn: AuthClient['completeSignIn']
  /** Returns to the first step. */
  readonly cancel: () => void
}

/** Whether the server has refused a passkey that the user picked. Other errors have no cause that the user could change. */
const isRefusal = (error: AuthError | undefined): error is AuthError =>
  error !== undefined && (error.statusCode === 401 || error.statusCode === 403)

/**
 * Returns the steps of a sign-in, for a form that asks for the password and then for the second factor, if the user has one. With
 * `autofill`, the user can also pick a passkey in the form.
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
export function useSignIn({ autofill = false }: SignInSettings = {}): SignInSteps {
  const client = useAuthClient()
  const [waiting, setWaiting] = useState<AuthSecondFactorRequired | null>(null)
  const [autofillError, setAutofillError] = useState<AuthError | null>(null)
  /** Changes when the autofill has ended, and is to begin again: the effect below depends on it. */
  const [round, setRound] = useState(0)

  const isOffered = autofill && waiting === null
  useEffect(() => {
    const controller = new AbortController()
    async function offer(): Promise<void> {
      const { error } = await client.signInWithPasskey({ autofill: true }, { signal: controller.signal })
      if (!isRefusal(error)) return
      setAutofillError(error)
      setRound(number => number + 1)
    }
    if (isOffered) void offer()
    return () => controller.abort()
  }, [client, isOffered, round])

  const steps = useMemo<Omit<SignInSteps, 'waiting' | 'autofillError'>>(
    () => ({
      async signIn(...parameters) {
        setAutofillError(null)
        const result = await client.signIn(...parameters)
        setWaiting(result.status === 202 ? result.data : null)
        return result
      },
      async signInWithPasskey(...parameters) {
        setAutofillError(null)
        const result = await client.signInWithPasskey(...parameters)
        if (result.error !== undefined) setRound(number => number + 1)
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
  return { waiting, autofillError, ...steps }
}
