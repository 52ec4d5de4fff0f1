import { confirmUserEmail, type UserEmailConfirmation } from '../operations/confirm-user-email.js'
import { type CreatingDependencies, createUser, type NewUser, type UserCreation } from '../operations/create-user.js'
import { deleteUser, type UserDeletion } from '../operations/delete-user.js'
import { disableUser, type UserDisabling } from '../operations/disable-user.js'
import { enableUser, type UserEnabling } from '../operations/enable-user.js'
import { endSessions, type SessionsEnding } from '../operations/end-sessions.js'
import { findUser, type UserKey } from '../operations/find-user.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import type { LoadedUser } from '../tokens/loaded-user.js'

/** Lets the application's own code find and change users. An unknown user is an outcome, not an error. */
export interface UserAdministration {
  /** Returns the user with this id, address or user name, disabled or not, or `null` if there is none. */
  findUser(key: UserKey): Promise<LoadedUser | null>

  /**
   * Creates a user without a session. Address and password, if there is one, must satisfy the rules of a sign-up. No hook is
   * called and no message is sent, even if the address is not confirmed.
   * @throws {ValidationError} The address, the user name or the id is invalid. @throws {PasswordTooWeakError} @throws {HashingBusyError}
   * @throws {TypeError} The profile does not match the option `profileSchema`. The message contains no value.
   */
  createUser(user: NewUser): Promise<UserCreation>

  /**
   * Disables the user until they are enabled. Every session ends, and mailed links to reset or change something become invalid.
   * API keys are refused, and work again once the user is enabled.
   */
  disableUser(userId: string): Promise<UserDisabling>

  /** Enables a disabled user. Not an error if the user is not disabled. */
  enableUser(userId: string): Promise<UserEnabling>

  /**
   * Deletes the user with all their data, as `deleteMe` does.
   * @throws {InternalError} The hook `beforeUserDelete` threw or took too long: nothing is deleted.
   */
  deleteUser(userId: string): Promise<UserDeletion>

  /** Ends all sessions of the user. Their password and their API keys stay valid. */
  endSessions(userId: string): Promise<SessionsEnding>

  /**
   * Marks the address as confirmed if it is still the user's: an address that they changed to meanwhile is not confirmed.
   * @throws {ValidationError} The address is invalid.
   */
  confirmUserEmail(userId: string, email: string): Promise<UserEmailConfirmation>

  /** Returns the number of users, including disabled ones. Databases read a whole index for it: do not call it per request. */
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
