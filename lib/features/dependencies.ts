import type { AuthEvent } from '../events/auth-event.js'
import type { BreachedPasswords } from '../hashing/breached-password-check.js'
import type { PasswordPolicy } from '../hashing/password-policy.js'
import type { Passwords } from '../hashing/passwords.js'
import type { HookDependencies } from '../hooks/hooks.js'
import type { BearerCredential } from '../http/bearer-credential.js'
import type { Limits } from '../limits/limits.js'
import type { MessageWriter } from '../mail/message.js'
import type { ProfileRules } from '../profiles/profile-rules.js'
import type { RevokedSessions } from '../revocation/revoked-sessions.js'
import type { OneTimeTokenPurpose, UserRecord } from '../storage/records.js'
import type { Measure } from '../telemetry/create-measure.js'
import type { AccessTokens } from '../tokens/access-token.js'
import type { ClaimsHook } from '../tokens/claims-hook.js'
import type { PublicJwk } from '../tokens/key-pair.js'
import type { RefreshTokens } from '../tokens/refresh-token.js'
import type { SessionLifetimes } from '../tokens/session-lifetimes.js'
import type { SignInTokens } from '../tokens/sign-in-token.js'
import type { ReservedUsernames } from '../usernames/reserved-usernames.js'
import type { UserAdditions } from './accounts/port.js'
import type { BaseStorage } from './base-storage.js'
import type { InvitedSignUpSource } from './invited-sign-up-source.js'
import type { ProofSource } from './proof-source.js'

export type { RequestOrigin } from '../telemetry/request-origin.js'

/** Whether users may have a second factor, or must. */
export type SecondFactorPolicy = 'off' | 'offered' | 'required'

/** Dependencies of the operations: created once, by the composition root. */
export interface Dependencies {
  readonly storage: BaseStorage
  readonly passwords: Passwords
  readonly passwordPolicy: PasswordPolicy
  readonly breachedPasswords: BreachedPasswords
  readonly limits: Limits
  readonly accessTokens: AccessTokens
  /** The keys with which other services verify access tokens. */
  readonly publicKeys: readonly PublicJwk[]
  /** `null`: access tokens have no further claims. */
  readonly claimsHook: ClaimsHook | null
  /** `null`: users have no fields of the application. */
  readonly profileRules: ProfileRules | null
  readonly reservedUsernames: ReservedUsernames
  readonly refreshTokens: RefreshTokens
  /** Whether refresh tokens are issued and accepted. Signing out also reads those of a former token mode. */
  readonly hasRefreshTokens: boolean
  readonly revokedSessions: RevokedSessions
  /** Returns whether an access token or API key currently has to be looked up in the storage. */
  asksStorage(): boolean
  /** Whether a refresh ends the access token that it replaces. */
  readonly revokesPreviousAccessToken: boolean
  readonly sessionLifetimes: SessionLifetimes
  /** One session more ends the one that was refreshed least recently. */
  readonly maximumSessionsPerUser: number
  /** Whether users may be members of organisations. If not, tokens have no claims of them. */
  readonly hasOrganizations: boolean
  /** `null`: users cannot sign up with an invitation. */
  readonly invitedSignUp: InvitedSignUpSource | null
  /** What the creation of a user also writes. */
  additionsOf(user: UserRecord): UserAdditions
  /** Forgets API keys that have ended or changed, before that is acknowledged. Does nothing if there are none. */
  forgetApiKeys(apiKeyIds: readonly string[]): void
  /** Whether users may have a second factor, or must. `off`: neither claims nor operations of it exist. */
  readonly secondFactor: SecondFactorPolicy
  /**
   * Whether users can prove again who they are, because a feature adds proofs to passwords. If not, tokens have no claims of
   * proofs.
   */
  readonly hasReauthentication: boolean
  /** The proofs that features add to passwords. */
  readonly proofSources: readonly ProofSource[]
  readonly signInTokens: SignInTokens
  /** The kinds of bearer tokens beside access tokens. */
  readonly credentials: readonly BearerCredential[]
  /** `null` if the application has no sender: then there are no e-mail flows. */
  readonly email: EmailDependencies | null
  readonly hooks: HookDependencies
  emit(event: AuthEvent): void
  /** `undefined` if the application does not collect measurements. */
  readonly measure: Measure | undefined
}

/** Dependencies of user administration: few, so that the command line can provide them without an application. */
export interface AdministrationDependencies extends Pick<Dependencies, 'hooks' | 'emit' | 'forgetApiKeys'> {
  readonly storage: Pick<BaseStorage, 'users' | 'sessions'>
  readonly revokedSessions: Pick<RevokedSessions, 'add'>
}

/** Dependencies of the e-mail flows. */
export interface EmailDependencies {
  readonly messageWriter: MessageWriter
  /** Lifetime of each link in seconds. */
  readonly linkLifetimes: Readonly<Record<OneTimeTokenPurpose, number>>
  /** Whether an address must be confirmed before its user can sign in. */
  readonly requireConfirmation: boolean
  /** Notifies the outbox worker of new messages. */
  notifyDelivery(): void
}

/** Dependencies of the operations that exist only with a sender. */
export interface DependenciesWithEmail extends Dependencies {
  readonly email: EmailDependencies
}
