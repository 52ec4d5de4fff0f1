import type { EventContext, UserEvent, WithoutReason } from './event-context.js'

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
interface PasswordRehashed extends UserEvent, WithoutReason {
  readonly name: 'password_rehashed'
}

interface PasswordRehashFailed extends UserEvent {
  readonly name: 'password_rehash_failed'
  readonly reason: 'hashing_failed' | 'storage_failed'
}

interface BreachedPasswordCheckSkipped extends EventContext {
  readonly name: 'breached_password_check_skipped'
  readonly reason: 'timed_out' | 'failed'
}

/** A link was requested by mail. `userId` is `null` if the address has no account, or a disabled one. */
interface LinkRequested extends EventContext {
  readonly name: 'link_requested'
  readonly reason: 'password_reset' | 'email_confirmation' | 'sign_in'
}

/** The events of accounts and passwords. */
export type AccountEvent =
  | UserCreated
  | UserCreateFailed
  | UserUpdated
  | UserDeleted
  | UserDisabled
  | PasswordChanged
  | PasswordRehashed
  | PasswordRehashFailed
  | BreachedPasswordCheckSkipped
  | LinkRequested
