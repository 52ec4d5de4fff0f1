import type { EventContext, SessionEvent, WithoutReason } from './event-context.js'

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
    | 'email_confirmed'
    | 'identity_unlinked'
    | 'second_factor_changed'
    | 'passkey_removed'
    | 'passkey_copied'
    | 'too_many_sessions'
    | 'user_deleted'
    | 'user_disabled'
    | 'membership_ended'
}

/** An API key was deleted by its owner. */
interface TokenDeleted extends SessionEvent, WithoutReason {
  readonly name: 'authn_token_delete'
  readonly apiKeyId: string
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
    | 'second_factor_required'
    | 'second_factor_setup_required'
    | 'organization_not_found'
    | 'organization_required'
    | 'role_required'
    | 'introspection_refused'
}

/** A token was forged, malformed or of a session that has ended. Emitted and counted as `authz_fail`. */
interface TokenRefused extends EventContext {
  readonly name: 'authn_token_fail'
  readonly reason: 'access_token_invalid' | 'refresh_token_invalid' | 'cookies_mismatched'
}

/** The events of sessions, tokens and API keys. */
export type TokenEvent =
  | SessionRenewed
  | TokenReused
  | TokenRepeated
  | TokenCreated
  | TokenRevoked
  | TokenDeleted
  | AccessRefused
  | TokenRefused
