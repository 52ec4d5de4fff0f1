import type { UserRecord } from '../storage/records.js'
import type { AccountState } from './account-state.js'
import { apiKeyLine, inFeedOrder, sessionLine } from './revocation-feed.js'
import type { Account } from './stored-records.js'

/** Returns the user as a proof of the address leaves them, if their address was unproven. */
export function strippedUser({ user, now }: Pick<Account, 'user' | 'now'>): UserRecord {
  return { ...user, passwordHash: null, emailConfirmedAt: now }
}

/** Returns what is left of an account with an unproven address when its address is proven. */
export function strippedState(account: Account): AccountState {
  const { sessions, apiKeys, now } = account
  return {
    user: strippedUser(account),
    sessions: [null, null, null],
    apiKeys: [null, null],
    tokens: { confirmEmail: null, resetPassword: null, changeEmail: null },
    revocations: inFeedOrder([
      ...sessions.map(session => sessionLine(session, now)),
      ...apiKeys.map(apiKey => apiKeyLine(apiKey, now)),
    ]),
  }
}
