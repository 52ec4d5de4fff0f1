import type { AuthError } from '../auth-error.js'
import type { AuthSecondFactorRequired, AuthUser } from '../generated/operations.js'
import type { OperationErrorCode } from '../operation-functions.js'

/**
 * Errors of a sign-in with another provider, or of the linking of an account there. `PROVIDER_CANCELLED`: the user has closed the
 * window: show nothing. `PROVIDER_POPUP_BLOCKED`: the browser opens no window, for example because no click has caused it.
 */
export type ProviderErrorCode =
  | OperationErrorCode<'getMe' | 'linkIdentity' | 'redeemProviderCode' | 'signInWithIdToken' | 'startProviderSignIn'>
  | 'FAST_AUTH_IDENTITY_IN_USE'
  | 'FAST_AUTH_IDENTITY_LIMIT_REACHED'
  | 'FAST_AUTH_PROVIDER_DENIED'
  | 'FAST_AUTH_PROVIDER_FLOW_INVALID'
  | 'PROVIDER_CANCELLED'
  | 'PROVIDER_POPUP_BLOCKED'

/** A sign-in that waits for a second factor. */
export interface WaitingSignIn extends Pick<AuthSecondFactorRequired, 'methods'> {
  /** `null` if unknown, as after the return from a provider. */
  readonly expiresAt: string | null
}

interface Succeeded {
  readonly error?: undefined
}

/** A user is signed in. */
export interface ProviderSignedIn extends Succeeded {
  readonly outcome: 'signed-in'
  readonly user: AuthUser
}

/** The user has to give a second factor: continue with `completeSignIn`. */
export interface ProviderSecondFactorRequired extends Succeeded {
  readonly outcome: 'second-factor-required'
  readonly waiting: WaitingSignIn
}

/** The user has no account yet, and the application requires profile fields: continue with `finishProviderSignUp`. */
export interface ProviderSignUpRequired extends Succeeded {
  readonly outcome: 'sign-up-required'
}

/** An account at a provider is linked to the account of the user. */
export interface ProviderLinked extends Succeeded {
  readonly outcome: 'linked'
  readonly provider: string
}

/** The sign-in or the linking was refused or has failed. */
export interface ProviderFailed {
  readonly outcome: 'failed'
  readonly error: AuthError<ProviderErrorCode>
}

/** The outcome of a visit to a provider. */
export type ProviderOutcome =
  | ProviderSignedIn
  | ProviderSecondFactorRequired
  | ProviderSignUpRequired
  | ProviderLinked
  | ProviderFailed

/** The browser leaves the page: call `finishSignIn` on the page to which it returns. */
export interface ProviderRedirecting extends Succeeded {
  readonly outcome: 'redirecting'
  readonly url: string
}

/** The page is not one to which a provider has returned the browser. */
export interface ProviderNotVisited extends Succeeded {
  readonly outcome: 'none'
}
