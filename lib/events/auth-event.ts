import type { EventContext, SessionEvent, UserEvent, WithoutReason } from './event-context.js'
import type { HookName } from './hook-names.js'

interface UserCreated extends UserEvent, WithoutReason {
  readonly name: 'user_created'
}

/** A sign-up made no user. `email_taken`: the address has an account already, whose owner may have been mailed. */
interface UserCreateFailed extends EventContext {
  readonly name: 'user_create_fail'
  readonly reason: 'refused_by_hook' | 'email_taken' | 'username_taken'
}

interface UserUpdated extends UserEvent {
  readonly name: 'user_updated'
  readonly reason:
    | 'email_confirmed'
    | 'email_change_requested'
    | 'email_changed'
    | 'profile_updated'
    | 'username_updated'
}

interface UserDeleted extends UserEvent, WithoutReason {
  readonly name: 'user_deleted'
}

/** Nobody gets in as this user any more, or they do again. */
interface UserDisabled extends UserEvent, WithoutReason {
  readonly name: 'user_disabled' | 'user_enabled'
}

interface PasswordChanged extends UserEvent {
  readonly name: 'authn_password_change'
  readonly reason: 'password_changed' | 'password_reset'
}

/** A better hash of the same password stands in the place of the old one. */
interface PasswordRehashed extends SessionEvent, WithoutReason {
  readonly name: 'password_rehashed'
}

interface PasswordRehashFailed extends SessionEvent {
  readonly name: 'password_rehash_failed'
  readonly reason: 'hashing_failed' | 'storage_failed'
}

interface BreachedPasswordCheckSkipped extends EventContext {
  readonly name: 'breached_password_check_skipped'
  readonly reason: 'timed_out' | 'failed'
}

interface LoginSucceeded extends SessionEvent, WithoutReason {
  readonly name: 'authn_login_success'
}

interface LoginFailed extends EventContext {
  readonly name: 'authn_login_fail'
  /**
   * `unknown_api_key`: it was never made, was deleted, has expired, or its user is disabled. For operators: an answer to a
   * client never says as much.
   */
  readonly reason:
    | 'unknown_user'
    | 'wrong_password'
    | 'no_password'
    | 'pepper_missing'
    | 'hash_unreadable'
    | 'password_changed_meanwhile'
    | 'email_not_confirmed'
    | 'user_disabled'
    | 'refused_by_hook'
    | 'mistyped_api_key'
    | 'unknown_api_key'
}

interface SessionRenewed extends SessionEvent, WithoutReason {
  readonly name: 'session_renewed'
}

/** A refresh token was copied, so its session has ended. */
interface TokenReused extends SessionEvent, WithoutReason {
  readonly name: 'authn_token_reuse'
}

/** An API key was made, by its owner or in the place of one that was rolled. */
interface TokenCreated extends SessionEvent {
  readonly name: 'authn_token_created'
  readonly apiKeyId: string
  readonly reason?: 'rolled'
}

/** A session was ended, or the API key that is named. */
interface TokenRevoked extends EventContext {
  readonly name: 'authn_token_revoked'
  readonly apiKeyId?: string
  readonly reason:
    | 'sign_out'
    | 'revoked'
    | 'rolled'
    | 'password_reset'
    | 'password_changed'
    | 'email_changed'
    | 'user_deleted'
    | 'user_disabled'
}

/** An API key was deleted by its owner. */
interface TokenDeleted extends SessionEvent, WithoutReason {
  readonly name: 'authn_token_delete'
  readonly apiKeyId: string
}

/** A link was asked for by mail. `userId` is `null` if the address has no account, or a disabled one. */
interface LinkRequested extends EventContext {
  readonly name: 'link_requested'
  readonly reason: 'password_reset' | 'email_confirmation'
}

/**
 * A guard refused a request. Told once a minute for each reason, user and network; the metric `fast_auth_events_total`
 * counts every one.
 */
interface AccessRefused extends EventContext {
  readonly name: 'authz_fail'
  readonly reason:
    | 'cross_site_request'
    | 'insufficient_scope'
    | 'session_required'
    | 'recent_sign_in_required'
    | 'introspection_refused'
}

/** A token was forged, garbled or of a session that has ended. Told and counted as `authz_fail`. */
interface TokenRefused extends EventContext {
  readonly name: 'authn_token_fail'
  readonly reason: 'access_token_invalid' | 'refresh_token_invalid' | 'cookies_mismatched'
}

/** A hook of the application's own threw, or took too long, after the fact: what it was told of has happened. */
interface HookFailed extends EventContext {
  readonly name: 'hook_failed'
  readonly hook: HookName
  readonly reason: 'timed_out' | 'failed'
}

/**
 * For longer than `revocationFeed.maximumStalenessSeconds` this process couldn't read what was revoked: its requests ask
 * the storage.
 */
interface RevocationFeedStale extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_stale'
}

/** This process has read what was revoked meanwhile: its requests don't ask the storage any more. */
interface RevocationFeedRecovered extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_recovered'
}

/** Somebody was told to come back later, for the first time since the counter began or the wait before was over. */
interface RateLimited extends EventContext {
  readonly name: 'rate_limited'
  /** Which limit it was. */
  readonly reason:
    | 'requests'
    | 'sign_ins'
    | 'sign_ins_of_device'
    | 'sign_ins_of_devices'
    | 'sign_ins_of_network'
    | 'sign_ins_of_account'
    | 'password_checks'
    | 'password_checks_of_user'
    | 'api_keys'
    | 'mail_to_address'
    | 'mail_of_account'
    | 'mail_of_network'
    | 'mail_in_all'
}

/** The counters that processes have in common failed: this process counts by itself. Or they are back. */
interface LimitCountersChanged extends EventContext, WithoutReason {
  readonly name: 'limit_counters_unavailable' | 'limit_counters_recovered'
}

/**
 * Something that happened to an account, or to what guards all of them. Named after the OWASP Application Logging
 * Vocabulary, as far as it has a name.
 */
export type AuthEvent =
  | UserCreated
  | UserCreateFailed
  | UserUpdated
  | UserDeleted
  | UserDisabled
  | PasswordChanged
  | PasswordRehashed
  | PasswordRehashFailed
  | BreachedPasswordCheckSkipped
  | LoginSucceeded
  | LoginFailed
  | SessionRenewed
  | TokenReused
  | TokenCreated
  | TokenRevoked
  | TokenDeleted
  | LinkRequested
  | AccessRefused
  | TokenRefused
  | HookFailed
  | RevocationFeedStale
  | RevocationFeedRecovered
  | RateLimited
  | LimitCountersChanged

export type AuthEventName = AuthEvent['name']

/** Why something failed, ended or was made. */
export type AuthEventReason = NonNullable<AuthEvent['reason']>

/** Why somebody was not let in. */
export type LoginFailReason = LoginFailed['reason']

/** The limits by name. */
export type LimitName = RateLimited['reason']

/** Events that a careful operator looks at; the others are the day's work. */
export const noteworthyEvents: ReadonlySet<AuthEventName> = new Set([
  'authn_login_fail',
  'authn_token_reuse',
  'authz_fail',
  'authn_token_fail',
  'hook_failed',
  'password_rehash_failed',
  'breached_password_check_skipped',
  'revocation_feed_stale',
  'rate_limited',
  'limit_counters_unavailable',
])
