import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { WaitingSignIn } from '../sign-in/sign-in.js'
import type { PendingSignUp } from './pending-sign-up.js'
import type { IdentityKey } from './port.js'

/** An identity that a provider has proven a moment ago. */
export interface SignInWithIdentity {
  /** The name of the provider. */
  readonly provider: string
  readonly identity: PendingSignUp['identity']
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export type IdentitySignIn =
  | { readonly outcome: 'signedIn'; readonly issued: IssuedTokens; readonly isNewUser: boolean }
  | (WaitingSignIn & { readonly identity: IdentityKey })
  /** There is no account, and a new one needs profile fields. */
  | { readonly outcome: 'signUpRequired'; readonly pending: PendingSignUp }
