import type { CreateUser } from '../features/accounts/port.js'
import type { UserRecord } from '../storage/records.js'

/** Returns a sign-up of a user without other records, unless overridden. */
export function signUpOf(user: UserRecord, overrides: Partial<Omit<CreateUser, 'user'>> = {}): CreateUser {
  return { user, session: null, token: null, messages: [], messagesIfTaken: [], ...overrides }
}
