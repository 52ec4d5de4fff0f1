import type { EventContext, SessionEvent, UserEvent, WithoutReason } from './event-context.js'

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
    | 'wrong_second_factor'
    | 'second_factor_unreadable'
    | 'second_factor_not_offered'
    | 'wrong_passkey'
    | 'wrong_code'
    | 'wrong_provider_answer'
    | 'unknown_provider_flow'
    | 'account_not_linked'
    | 'email_not_confirmed'
    | 'user_disabled'
    | 'refused_by_hook'
    | 'mistyped_api_key'
    | 'unknown_api_key'
}

/** The first factor was right, and the user has to give a second factor to sign in. No session was created. */
interface SecondFactorDue extends UserEvent, WithoutReason {
  readonly name: 'authn_second_factor_due'
}

/** A user signed in, or proved who they are again, with a recovery code. The code is used up. */
interface RecoveryCodeUsed extends SessionEvent, WithoutReason {
  readonly name: 'authn_recovery_code_used'
}

/** A user proved who they are again for a session that goes on. */
interface Reauthenticated extends SessionEvent, WithoutReason {
  readonly name: 'authn_reauthenticated'
}

/** The second factors of a user were changed. `cleared`: by the application or an administrator. */
interface SecondFactorChanged extends UserEvent {
  readonly name: 'authn_second_factor_change'
  readonly reason: 'totp_added' | 'totp_removed' | 'recovery_codes_renewed' | 'cleared'
}

/** The passkeys of a user were changed. */
interface PasskeysChanged extends SessionEvent {
  readonly name: 'authn_passkey_change'
  readonly passkeyId: string
  readonly reason: 'passkey_added' | 'passkey_renamed' | 'passkey_removed'
}

/** The signature counter of a passkey has not grown, so a copy may exist. Its use was refused, and the sessions of the passkey have ended. */
interface PasskeyCopied extends UserEvent, WithoutReason {
  readonly name: 'passkey_copied'
  readonly passkeyId: string
}

/** The identities of a user at other providers were changed. */
interface IdentitiesChanged extends UserEvent {
  readonly name: 'authn_identity_change'
  readonly identityId: string
  /** The name of the provider. */
  readonly provider: string
  readonly reason: 'identity_linked' | 'identity_unlinked'
}

/** Another provider did not answer, or its answer proved nothing. */
interface ProviderFailed extends EventContext {
  readonly name: 'provider_failed'
  /** The name of the provider. */
  readonly provider: string
  readonly reason: 'unavailable' | 'answer_invalid'
  /** What was wrong: `nonce`, `timeout` and so on. */
  readonly detail: string
}

/** The events of proofs: passwords, second factors, passkeys and other providers. */
export type SignInEvent =
  | LoginSucceeded
  | LoginFailed
  | SecondFactorDue
  | RecoveryCodeUsed
  | Reauthenticated
  | SecondFactorChanged
  | PasskeysChanged
  | PasskeyCopied
  | IdentitiesChanged
  | ProviderFailed
