import {
  type CreatingDependencies,
  createUser,
  type NewUser,
  type UserCreation,
} from '../features/accounts/create-user.js'
import { deleteUser, type UserDeletion } from '../features/accounts/delete-user.js'
import { disableUser, type UserDisabling } from '../features/accounts/disable-user.js'
import { enableUser, type UserEnabling } from '../features/accounts/enable-user.js'
import { findUser, type UserKey } from '../features/accounts/find-user.js'
import { confirmUserEmail, type UserEmailConfirmation } from '../features/email/confirm-user-email.js'
import { endSessions, type SessionsEnding } from '../features/sessions/end-sessions.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { LoadedUser } from '../tokens/loaded-user.js'

/** Functions with which the application finds and changes users. An unknown user is an outcome, not an error. */
export interface UserAdministration {
  /**
   * Returns the user with this id, address or user name, disabled or not, or `null` if there is none.
   * @param key one unique field; an address or user name may be given as typed
   * @example
   * ```ts
   * const user = await app.fastAuth.findUser({ email: 'ada@example.com' })
   * console.log(user?.emailConfirmedAt)
   * ```
   */
  findUser(key: UserKey): Promise<LoadedUser | null>

  /**
   * Creates a user without a session. The address, and the password if there is one, must satisfy the rules of a sign-up. No
   * hook is called and no message is sent, even if the address is not confirmed.
   * @returns the user, or which unique field is taken
   * @throws {ValidationError} The address, the user name or the id is invalid.
   * @throws {PasswordTooWeakError} The password breaks a rule.
   * @throws {HashingBusyError} The hashing queue is full.
   * @throws {TypeError} The profile does not match the option `profileSchema`. The message contains no value.
   * @example
   * ```ts
   * const creation = await app.fastAuth.createUser({ email: 'grace@example.com', emailConfirmed: true })
   * if (creation.outcome === 'created') console.log(creation.user.id)
   * ```
   */
  createUser(user: NewUser): Promise<UserCreation>

  /**
   * Disables a user until `enableUser`. Every session ends, and mailed links to reset or change something become invalid. API
   * keys are refused, and work again when the user is enabled.
   * @example
   * ```ts
   * const disabling = await app.fastAuth.disableUser(userId)
   * if (disabling.outcome === 'disabled') console.log(`${disabling.endedSessions} sessions have ended`)
   * ```
   * @see OWASP ASVS 5.0, 7.4.2
   */
  disableUser(userId: string): Promise<UserDisabling>

  /**
   * Enables a disabled user. A user who is not disabled stays as they are; the outcome is `enabled` too.
   * @example
   * ```ts
   * await app.fastAuth.enableUser(userId)
   * ```
   */
  enableUser(userId: string): Promise<UserEnabling>

  /**
   * Deletes a user with all their data, as `deleteMe` does.
   * @throws {InternalError} The hook `beforeUserDelete` threw or took too long. Nothing is deleted.
   * @example
   * ```ts
   * const { outcome } = await app.fastAuth.deleteUser(userId)
   * console.log(outcome === 'deleted')
   * ```
   */
  deleteUser(userId: string): Promise<UserDeletion>

  /**
   * Ends all sessions of a user. Their password and their API keys stay valid.
   * @example
   * ```ts
   * const ending = await app.fastAuth.endSessions(userId)
   * if (ending.outcome === 'ended') console.log(`${ending.endedSessions} sessions have ended`)
   * ```
   * @see OWASP ASVS 5.0, 7.4.5
   */
  endSessions(userId: string): Promise<SessionsEnding>

  /**
   * Marks an address as confirmed if the user still has it. If the user has changed to another address, the outcome is
   * `unknownUser`.
   * @param email the address that is known to be theirs
   * @throws {ValidationError} The address is invalid.
   * @example
   * ```ts
   * await app.fastAuth.confirmUserEmail(userId, 'ada@example.com')
   * ```
   */
  confirmUserEmail(userId: string, email: string): Promise<UserEmailConfirmation>

  /**
   * Returns the number of users, including disabled ones. Databases read a whole index for it: do not call it at each request.
   * @example
   * ```ts
   * console.log(`${await app.fastAuth.countUsers()} users`)
   * ```
   */
  countUsers(): Promise<number>
}

/** Creates the functions, each of which calls one operation with the clock's time. */
export function createUserAdministration(
  dependencies: CreatingDependencies,
  clock: () => EpochMilliseconds,
): UserAdministration {
  return {
    findUser: key => findUser(dependencies, key),
    createUser: user => createUser(dependencies, user, clock()),
    disableUser: userId => disableUser(dependencies, { userId, now: clock() }),
    enableUser: userId => enableUser(dependencies, { userId, now: clock() }),
    deleteUser: userId => deleteUser(dependencies, { userId, now: clock() }),
    endSessions: userId => endSessions(dependencies, { userId, now: clock() }),
    confirmUserEmail: (userId, email) => confirmUserEmail(dependencies, { userId, email, now: clock() }),
    countUsers: () => dependencies.storage.users.count(),
  }
}
