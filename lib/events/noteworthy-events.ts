import type { AuthEventName } from './auth-event.js'

/** Events that an operator should look at; the others are routine. */
export const noteworthyEvents: ReadonlySet<AuthEventName> = new Set([
  'authn_login_fail',
  'authn_recovery_code_used',
  'passkey_copied',
  'authn_token_reuse',
  'authn_token_repeat',
  'authz_fail',
  'authn_token_fail',
  'hook_failed',
  'message_given_up',
  'password_rehash_failed',
  'breached_password_check_skipped',
  'revocation_feed_stale',
  'rate_limited',
  'limit_counters_unavailable',
])
