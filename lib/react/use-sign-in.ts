import { useEffect, useMemo, useState } from 'react'
import type { AuthClient, AuthError, AuthSecondFactorRequired } from '../client/index.js'
import { useAuthClient } from './auth-provider.js'

/** The settings of `useSignIn`. */
export interface SignInSettings {
  /**
   * Offers passkeys in the autofill of fields with `autoComplete="username webauthn"`, as long as the component is rendered at the
   * first step. Browsers without this feature ignore it.
   * @default false
   */
  readonly autofill?: boolean
}

/** A mailed code that the user can enter. */
export interface RequestedCode {
  /** The address as the user has typed it. */
  readonly email: string
  /** When the code expires. */
  readonly expiresAt: string
}

/** The steps of a sign-in. */
export interface SignInSteps {
  /** The sign-in that waits for a second factor; `null` if none waits. */
  readonly waiting: AuthSecondFactorRequired | null
  /** The code that was requested and not yet accepted; `null` if there is none, and while `waiting` is set. */
  readonly waitingForCode: RequestedCode | null
  /** As the function of the client. After status 202, `waiting` is set. */
  readonly signIn: AuthClient['signIn']
  /** As the function of the client: one step instead of two. After an error, the autofill offers passkeys again. */
  readonly signInWithPasskey: AuthClient['signInWithPasskey']
  /** As the function `requestSignInCode` of the client. After a success, `waitingForCode` is set. */
  readonly requestCode: AuthClient['requestSignInCode']
  /** As the function `signInWithCode` of the client. After status 202, `waiting` is set; after an error, the user can try again. */
  readonly enterCode: AuthClient['signInWithCode']
  /** Why the server refused the last passkey from the autofill; `null` after the next step. */
  readonly autofillError: AuthError | null
  /** As the function of the client. If it succeeds or the sign-in has expired, `waiting` is `null`. */
  readonly completeSignIn: AuthClient['completeSignIn']
  /** Returns to the first step, from a code or from the second factor. */
  readonly cancel: () => void
}

/** The step at which a sign-in is: the first one, unless it waits. */
type Step = Pick<SignInSteps, 'waiting' | 'waitingForCode'>

const firstStep: Step = { waiting: null, waitingForCode: null }

/** Whether the server has refused a passkey that the user picked. Other errors have no cause that the user could change. */
const isRefusal = (error: AuthError | undefined): error is AuthError =>
  error !== undefined && (error.statusCode === 401 || error.statusCode === 403)

/**
 * Returns the steps of a sign-in: the password or a mailed code, and then the second factor, if the user has one. With `autofill`,
 * the user can also pick a passkey in the form.
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
  const [step, setStep] = useState(firstStep)
  const [autofillError, setAutofillError] = useState<AuthError | null>(null)
  /** Changes when the autofill has ended, and is to begin again: the effect below depends on it. */
  const [round, setRound] = useState(0)

  const isOffered = autofill && step === firstStep
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

  const steps = useMemo<Omit<SignInSteps, keyof Step | 'autofillError'>>(
    () => ({
      async signIn(...parameters) {
        setAutofillError(null)
        const result = await client.signIn(...parameters)
        setStep(result.status === 202 ? { waiting: result.data, waitingForCode: null } : firstStep)
        return result
      },
      async signInWithPasskey(...parameters) {
        setAutofillError(null)
        const result = await client.signInWithPasskey(...parameters)
        if (result.error !== undefined) setRound(number => number + 1)
        return result
      },
      async requestCode(input, settings) {
        setAutofillError(null)
        const result = await client.requestSignInCode(input, settings)
        const { data } = result
        if (data !== undefined)
          setStep({ waiting: null, waitingForCode: { email: input.email, expiresAt: data.expiresAt } })
        return result
      },
      async enterCode(...parameters) {
        const result = await client.signInWithCode(...parameters)
        if (result.status === 202) setStep({ waiting: result.data, waitingForCode: null })
        else if (result.error === undefined) setStep(firstStep)
        return result
      },
      async completeSignIn(...parameters) {
        const result = await client.completeSignIn(...parameters)
        if (result.error === undefined || result.error.code === 'FAST_AUTH_SIGN_IN_EXPIRED') setStep(firstStep)
        return result
      },
      cancel: () => setStep(firstStep),
    }),
    [client],
  )
  return { ...step, autofillError, ...steps }
}
