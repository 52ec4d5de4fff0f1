import type { UserRecord } from '../storage/records.js'

/** A user's record without the password hash. */
export type LoadedUser = Omit<UserRecord, 'passwordHash'>

/** Removes the password hash from a record before it leaves fast-auth: for hooks, templates and the application. */
export function withoutPasswordHash({ passwordHash: _, ...user }: UserRecord): LoadedUser {
  return user
}
