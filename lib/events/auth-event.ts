import type { HookName } from './hook-names.js'

/** Names after the OWASP Application Logging Vocabulary, as far as it has one. */
export type AuthEventName =
  | 'user_created'
  | 'user_create_fail'
  | 'user_updated'
  | 'user_deleted'
  | 'authn_password_change'
  | 'password_rehashed'
  | 'password_rehash_failed'
  | 'breached_password_check_skipped'
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'session_renewed'
  | 'authn_token_reuse'
  | 'authn_token_created'
  | 'authn_token_revoked'
  | 'authn_token_delete'
  | 'hook_failed'

/**
 * Why something failed, ended or was made. `unknown_api_key`: it was never made, was deleted, or has expired. For operators: an
 * answer to a client never says as much.
 */
export type AuthEventReason =
  | 'unknown_user'
  | 'wrong_password'
  | 'pepper_missing'
  | 'hash_unreadable'
  | 'hashing_failed'
  | 'storage_failed'
  | 'password_changed_meanwhile'
  | 'email_not_confirmed'
  | 'mistyped_api_key'
  | 'unknown_api_key'
  | 'sign_out'
  | 'revoked'
  | 'rolled'
  | 'password_reset'
  | 'password_changed'
  | 'email_confirmed'
  | 'email_change_requested'
  | 'email_changed'
  | 'refused_by_hook'
  | 'profile_updated'
  | 'user_deleted'
  | 'timed_out'
  | 'failed'

/** Something that happened to an account. Never holds a password, a token, a key, a cookie or a hash. */
export interface AuthEvent {
  readonly name: AuthEventName
  /** ISO 8601, UTC. */
  readonly at: string
  readonly userId: string | null
  readonly sessionId: string | null
  /** Only where it is about an API key that is known. */
  readonly apiKeyId?: string
  /** Only with `hook_failed`. */
  readonly hook?: HookName
  readonly reason?: AuthEventReason
  /** The network address as Fastify's `request.ip` gives it. */
  readonly ip: string | null
  readonly userAgent: string | null
}

/** Events that a careful operator looks at; the others are the day's work. */
export const noteworthyEvents: ReadonlySet<AuthEventName> = new Set([
  'authn_login_fail',
  'authn_token_reuse',
  'hook_failed',
  'password_rehash_failed',
  'breached_password_check_skipped',
])
