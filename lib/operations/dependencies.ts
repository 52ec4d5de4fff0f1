import type { LinkPurpose, MessageWriter } from '../email/message.js'
import type { ApiKeyUses } from '../events/api-key-uses.js'
import type { AuthEvent } from '../events/auth-event.js'
import type { Limits } from '../limits/limits.js'
import type { BreachedPasswords } from '../passwords/breached-password-check.js'
import type { PasswordPolicy } from '../passwords/password-policy.js'
import type { Passwords } from '../passwords/passwords.js'
import type { ProfileRules } from '../profiles/profile-rules.js'
import type { ApiKeyCache } from '../revocation/api-key-cache.js'
import type { RevokedSessions } from '../revocation/revoked-sessions.js'
import type { Storage } from '../storage/storage.js'
import type { Measure } from '../telemetry/create-measure.js'
import type { AccessTokens } from '../tokens/access-token.js'
import type { ClaimsHook } from '../tokens/claims-hook.js'
import type { PublicJwk } from '../tokens/key-pair.js'
import type { RefreshTokens } from '../tokens/refresh-token.js'
import type { ReservedUsernames } from '../usernames/reserved-usernames.js'
import type { HookDependencies } from './hooks.js'
import type { SessionLifetimes } from './session-lifetimes.js'

export type { RequestOrigin } from './request-origin.js'

/** What the operations are made of: wired once, by the composition root. */
export interface Dependencies {
  readonly storage: Storage
  readonly passwords: Passwords
  readonly passwordPolicy: PasswordPolicy
  readonly breachedPasswords: BreachedPasswords
  readonly limits: Limits
  readonly accessTokens: AccessTokens
  /** What others verify access tokens with. */
  readonly publicKeys: readonly PublicJwk[]
  /** `null`: access tokens say nothing beside our own claims. */
  readonly claimsHook: ClaimsHook | null
  /** `null`: users have no fields of the application's. */
  readonly profileRules: ProfileRules | null
  readonly reservedUsernames: ReservedUsernames
  readonly refreshTokens: RefreshTokens
  /** Whether they are given out and honoured. Signing out reads those of a former token mode too. */
  readonly hasRefreshTokens: boolean
  readonly revokedSessions: RevokedSessions
  /** Whether an access token or API key has to be looked up in the storage at this moment. */
  asksStorage(): boolean
  /** Whether a refresh ends the access token that it replaces. */
  readonly revokesPreviousAccessToken: boolean
  readonly sessionLifetimes: SessionLifetimes
  readonly apiKeys: ApiKeyDependencies
  /** `null` where the application has no sender: then there are no e-mail flows. */
  readonly email: EmailDependencies | null
  readonly hooks: HookDependencies
  emit(event: AuthEvent): void
  /** `undefined` where nobody asked for measurements. */
  readonly measure: Measure | undefined
}

/** What it takes to administer users: little, so that the command line can do it without an application. */
export interface AdministrationDependencies extends Pick<Dependencies, 'hooks' | 'emit'> {
  readonly storage: Pick<Storage, 'users' | 'sessions'>
  readonly revokedSessions: Pick<RevokedSessions, 'add'>
  readonly apiKeys: { readonly verified: Pick<ApiKeyCache, 'forget'> }
}

/** What API keys are made and read with. */
export interface ApiKeyDependencies {
  /** What tells a key from an access token. */
  readonly prefix: string
  /** What keys may be made for. */
  readonly scopes: readonly string[]
  readonly maximumPerUser: number
  /** `null`: where nobody says when a key ends, it doesn't. */
  readonly defaultLifetimeSeconds: number | null
  readonly maximumLifetimeSeconds: number | null
  /** Whoever ends a key tells it, and before answering. */
  readonly verified: ApiKeyCache
  readonly uses: ApiKeyUses
}

/** What the e-mail flows are made of. */
export interface EmailDependencies {
  readonly messageWriter: MessageWriter
  /** How long a link is good for, in seconds. */
  readonly linkLifetimes: Readonly<Record<LinkPurpose, number>>
  /** Whether an address must be proven before anybody signs in with it. */
  readonly requireConfirmation: boolean
  /** Tells the delivery that there are new messages in the outbox. */
  notifyDelivery(): void
}

/** The rooms of the operations that there are only with a sender. */
export interface DependenciesWithEmail extends Dependencies {
  readonly email: EmailDependencies
}
