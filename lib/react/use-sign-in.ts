import { useEffect, useMemo, useState } from 'react'
import type {
  AuthClient,
  AuthError,
  ProviderErrorCode,
  ProviderOutcome,
  ProviderRedirecting,
  WaitingSignIn,
} from '../client/index.js'
import { useProvided } from './auth-provider.js'

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
  readonly waiting: WaitingSignIn | null
  /** The code that was requested and not yet accepted; `null` if there is none, and while `waiting` is set. */
  readonly waitingForCode: RequestedCode | null
  /** Whether another provider has identified a new user, who has to give the fields that the application requires. */
  readonly waitingForSignUp: boolean
  /** As the function of the client. After status 202, `waiting` is set. */
  readonly signIn: AuthClient['signIn']
  /** As the function of the client: one step instead of two. After an error, the autofill offers passkeys again. */
  readonly signInWithPasskey: AuthClient['signInWithPasskey']
  /** As the function `requestSignInCode` of the client. After a success, `waitingForCode` is set. */
  readonly requestCode: AuthClient['requestSignInCode']
  /** As the function `signInWithCode` of the client. After status 202, `waiting` is set; after an error, the user can try again. */
  readonly enterCode: AuthClient['signInWithCode']
  /**
   * As the function of the client. With `popup`, it sets `waiting` or `waitingForSignUp`, if the user has to continue. After a
   * redirect, they are set when the page is rendered again.
   */
  readonly signInWith: AuthClient['signInWith']
  /** The error with which the browser has returned from another provider; `null` if there is none, and after the next step. */
  readonly providerError: AuthError<ProviderErrorCode> | null
  /** As the function `finishProviderSignUp` of the client. After an error, the user can try again, unless too much time has passed. */
  readonly finishSignUp: AuthClient['finishProviderSignUp']
  /** Why the server refused the last passkey from the autofill; `null` after the next step. */
  readonly autofillError: AuthError | null
  /** As the function of the client. If it succeeds or the sign-in has expired, `waiting` is `null`. */
  readonly completeSignIn: AuthClient['completeSignIn']
  /** Returns to the first step, from a code, from the second factor or from a sign-up. */
  readonly cancel: () => void
}

/** The step at which a sign-in is: the first one, unless it waits. */
type Step = Pick<SignInSteps, 'waiting' | 'waitingForCode' | 'waitingForSignUp'>

const firstStep: Step = { waiting: null, waitingForCode: null, waitingForSignUp: false }

/** Returns the step that follows a visit to another provider. */
function stepAfter(result: ProviderOutcome | ProviderRedirecting): Step {
  if (result.outcome === 'second-factor-required') return { ...firstStep, waiting: result.waiting }
  return result.outcome === 'sign-up-required' ? { ...firstStep, waitingForSignUp: true } : firstStep
}

/** Whether the server has refused a passkey that the user picked. Other errors have no cause that the user could change. */
const isRefusal = (error: AuthError | undefined): error is AuthError =>
  error !== undefined && (error.statusCode === 401 || error.statusCode === 403)

/**
 * Returns the steps of a sign-in: the password, a mailed code or another provider, and then the second factor, if the user has
 * one. With `autofill`, the user can also pick a passkey in the form.
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
  const { client, returned, forget } = useProvided()
  const [ownStep, setOwnStep] = useState(firstStep)
  const [autofillError, setAutofillError] = useState<AuthError | null>(null)
  /** Changes when the autofill has ended, and is to begin again: the effect below depends on it. */
  const [round, setRound] = useState(0)

  const step = returned === null ? ownStep : stepAfter(returned)
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

  const steps = useMemo<Omit<SignInSteps, keyof Step | 'autofillError' | 'providerError'>>(() => {
    function move(step: Step): void {
      forget()
      setOwnStep(step)
    }
    function begin(): void {
      forget()
      setAutofillError(null)
    }
    return {
      async signIn(...parameters) {
        begin()
        const result = await client.signIn(...parameters)
        move(result.status === 202 ? { ...firstStep, waiting: result.data } : firstStep)
        return result
      },
      async signInWithPasskey(...parameters) {
        begin()
        const result = await client.signInWithPasskey(...parameters)
        if (result.error !== undefined) setRound(number => number + 1)
        return result
      },
      async signInWith(...parameters) {
        begin()
        const result = await client.signInWith(...parameters)
        move(stepAfter(result))
        return result
      },
      async finishSignUp(...parameters) {
        const result = await client.finishProviderSignUp(...parameters)
        if (result.error === undefined || result.error.code === 'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED') move(firstStep)
        return result
      },
      async requestCode(input, settings) {
        begin()
        const result = await client.requestSignInCode(input, settings)
        const { data } = result
        if (data !== undefined)
          move({ ...firstStep, waitingForCode: { email: input.email, expiresAt: data.expiresAt } })
        return result
      },
      async enterCode(...parameters) {
        const result = await client.signInWithCode(...parameters)
        if (result.status === 202) move({ ...firstStep, waiting: result.data })
        else if (result.error === undefined) move(firstStep)
        return result
      },
      async completeSignIn(...parameters) {
        const result = await client.completeSignIn(...parameters)
        if (result.error === undefined || result.error.code === 'FAST_AUTH_SIGN_IN_EXPIRED') move(firstStep)
        return result
      },
      cancel: () => move(firstStep),
    }
  }, [client, forget])
  return { ...step, autofillError, providerError: returned?.error ?? null, ...steps }
}
