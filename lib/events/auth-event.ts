import type { EventContext, SessionEvent, UserEvent, WithoutReason } from './event-context.js'
import type { HookName } from './hook-names.js'

interface UserCreated extends UserEvent, WithoutReason {
  readonly name: 'user_created'
}

/** A sign-up did not create a user. `email_taken`: the address has an account, whose owner may have got a message. */
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

/** A user was disabled or enabled. */
interface UserDisabled extends UserEvent, WithoutReason {
  readonly name: 'user_disabled' | 'user_enabled'
}

interface PasswordChanged extends UserEvent {
  readonly name: 'authn_password_change'
  readonly reason: 'password_changed' | 'password_reset'
}

/** The hash was replaced with a better one of the same password. */
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
   * `unknown_api_key`: it was never created, was deleted, has expired, or its user is disabled. For operators: answers to
   * clients never contain these details.
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

/**
 * A refresh was repeated within the grace time from another network (/24 of IPv4, /48 of IPv6), with another user agent, or
 * both (`other_client`). The session continues, and the client gets the same tokens as the one that refreshed.
 */
interface TokenRepeated extends SessionEvent {
  readonly name: 'authn_token_repeat'
  readonly reason: 'other_network' | 'other_user_agent' | 'other_client'
}

/** An API key was created, by its owner or as the successor of a rolled key. */
interface TokenCreated extends SessionEvent {
  readonly name: 'authn_token_created'
  readonly apiKeyId: string
  readonly reason?: 'rolled'
}

/** A session was ended, or the named API key. */
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
    | 'too_many_sessions'
    | 'user_deleted'
    | 'user_disabled'
}

/** An API key was deleted by its owner. */
interface TokenDeleted extends SessionEvent, WithoutReason {
  readonly name: 'authn_token_delete'
  readonly apiKeyId: string
}

/** A link was requested by mail. `userId` is `null` if the address has no account, or a disabled one. */
interface LinkRequested extends EventContext {
  readonly name: 'link_requested'
  readonly reason: 'password_reset' | 'email_confirmation'
}

/**
 * A guard refused a request. Emitted once a minute for each reason, user and network; the metric `fast_auth_events_total`
 * counts every refusal.
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

/** A token was forged, malformed or of a session that has ended. Emitted and counted as `authz_fail`. */
interface TokenRefused extends EventContext {
  readonly name: 'authn_token_fail'
  readonly reason: 'access_token_invalid' | 'refresh_token_invalid' | 'cookies_mismatched'
}

/** A hook of the application threw or timed out after the change was committed. */
interface HookFailed extends EventContext {
  readonly name: 'hook_failed'
  readonly hook: HookName
  readonly reason: 'timed_out' | 'failed'
}

/** A message leaves the outbox without having been sent. Its owner has to ask for another. */
interface MessageGivenUp extends EventContext {
  readonly name: 'message_given_up'
  readonly messageId: string
  readonly reason: 'refused' | 'expired' | 'unreadable'
}

/**
 * This process could not read revocations for longer than `revocationFeed.maximumStalenessSeconds`: its requests ask the
 * storage.
 */
interface RevocationFeedStale extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_stale'
}

/** This process has read all revocations again: its requests no longer ask the storage. */
interface RevocationFeedRecovered extends EventContext, WithoutReason {
  readonly name: 'revocation_feed_recovered'
}

/** A client was rate limited, for the first time since the counter began or its last wait ended. */
interface RateLimited extends EventContext {
  readonly name: 'rate_limited'
  /** The limit that was reached. */
  readonly reason:
    | 'requests'
    | 'hashes_of_network'
    | 'hashes_of_user'
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

/** The shared counters failed, so this process counts by itself; or they are available again. */
interface LimitCountersChanged extends EventContext, WithoutReason {
  readonly name: 'limit_counters_unavailable' | 'limit_counters_recovered'
}

/**
 * A security event of an account, or of a component that protects all accounts. Named after the OWASP Application Logging
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
  | TokenRepeated
  | TokenCreated
  | TokenRevoked
  | TokenDeleted
  | LinkRequested
  | AccessRefused
  | TokenRefused
  | HookFailed
  | MessageGivenUp
  | RevocationFeedStale
  | RevocationFeedRecovered
  | RateLimited
  | LimitCountersChanged

/** The name of an event. */
export type AuthEventName = AuthEvent['name']

/** The reasons of events: why something failed, ended or was created. */
export type AuthEventReason = NonNullable<AuthEvent['reason']>

/** Why a sign-in was refused. */
export type LoginFailReason = LoginFailed['reason']

/** The names of the limits. */
export type LimitName = RateLimited['reason']
