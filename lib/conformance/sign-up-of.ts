import type { CreateUser, UserRecord } from '../storage/storage.js'

/** A sign-up that brings nothing but the user, unless told otherwise. */
export function signUpOf(user: UserRecord, overrides: Partial<Omit<CreateUser, 'user'>> = {}): CreateUser {
  return { user, session: null, token: null, messages: [], messagesIfTaken: [], ...overrides }
}
