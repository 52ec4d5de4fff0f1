import type { CreateUser, UserRecord } from '../storage/storage.js'

/** Returns a sign-up of a user without other records, unless overridden. */
export function signUpOf(user: UserRecord, overrides: Partial<Omit<CreateUser, 'user'>> = {}): CreateUser {
  return { user, session: null, token: null, messages: [], messagesIfTaken: [], ...overrides }
}
