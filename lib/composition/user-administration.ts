import { confirmUserEmail, type UserEmailConfirmation } from '../operations/confirm-user-email.js'
import { type CreatingDependencies, createUser, type NewUser, type UserCreation } from '../operations/create-user.js'
import { deleteUser, type UserDeletion } from '../operations/delete-user.js'
import { disableUser, type UserDisabling } from '../operations/disable-user.js'
import { enableUser, type UserEnabling } from '../operations/enable-user.js'
import { endSessions, type SessionsEnding } from '../operations/end-sessions.js'
import { findUser, type UserKey } from '../operations/find-user.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import type { LoadedUser } from '../tokens/loaded-user.js'

/** Users, as the application's own code finds and changes them. Somebody who is not there is told as the outcome, not thrown. */
export interface UserAdministration {
  /** The user with this id, address or user name, disabled or not; or `null`. */
  findUser(key: UserKey): Promise<LoadedUser | null>

  /**
   * Makes a user, without a session. Address and password, if there is one, are held to the rules of a sign-up. No hook is called and nobody
   * is mailed, also where the address has yet to be confirmed.
   * @throws {ValidationError} The address, the user name or the id is none. @throws {PasswordTooWeakError} @throws {HashingBusyError}
   * @throws {TypeError} The profile is not as the option `profileSchema` says. It repeats no value.
   */
  createUser(user: NewUser): Promise<UserCreation>

  /**
   * Lets nobody in as this user, until they are enabled. Every session ends, and mailed links to reset or change something are
   * worth nothing any more. API keys are refused, and good again once the user is enabled.
   */
  disableUser(userId: string): Promise<UserDisabling>

  /** Takes back a disabling. Not an error where there was none. */
  enableUser(userId: string): Promise<UserEnabling>

  /**
   * Deletes the user with everything of theirs, as when they do so themselves.
   * @throws {InternalError} The hook `beforeUserDelete` threw or was late: nothing is deleted.
   */
  deleteUser(userId: string): Promise<UserDeletion>

  /** Signs the user out everywhere. Their password and their API keys stay good. */
  endSessions(userId: string): Promise<SessionsEnding>

  /**
   * Counts the address as proven, if it still is the user's: one that they have changed to meanwhile is not meant.
   * @throws {ValidationError} The address is none.
   */
  confirmUserEmail(userId: string, email: string): Promise<UserEmailConfirmation>

  /** How many users there are, disabled ones included. Databases read a whole index for it: no call for every request. */
  countUsers(): Promise<number>
}

/** Each function is one operation at the clock's time. */
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
