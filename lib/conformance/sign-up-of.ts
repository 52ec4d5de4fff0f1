import type { Storage } from '../composition/storage.js'
import type { CreateUser } from '../features/accounts/port.js'
import type { UserRecord } from '../storage/records.js'
import { hasFeature } from './optional-features.js'
import { randomMessage, randomSession, randomToken } from './random-records.js'

/** Returns a sign-up of a user without other records, unless overridden. */
export function signUpOf(user: UserRecord, overrides: Partial<Omit<CreateUser, 'user'>> = {}): CreateUser {
  return { user, session: null, token: null, messages: [], messagesIfTaken: [], ...overrides }
}

/** Returns the records of a sign-up, one of each kind that the storage has. */
export function recordsOfSignUp(storage: Storage, user: UserRecord) {
  const hasEmail = hasFeature(storage, 'email')
  return {
    session: randomSession(user),
    token: hasEmail ? randomToken(user) : null,
    messages: hasEmail ? [randomMessage(user)] : [],
  }
}
