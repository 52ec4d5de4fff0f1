import type { Storage } from '../composition/storage.js'
import type { ApiKeyRecord } from '../features/api-keys/api-key-record.js'
import type {
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  Revocation,
  SessionRecord,
  UserRecord,
} from '../storage/records.js'
import { expectEqual } from './contract.js'
import { revocationsOf } from './revocation-feed.js'
import type { Account } from './stored-records.js'

/** Everything that the port returns about an account, each record in the account's own order; `null` if it no longer exists. */
export interface AccountState {
  readonly user: UserRecord | null
  readonly sessions: readonly (SessionRecord | null)[]
  readonly apiKeys: readonly (ApiKeyRecord | null)[]
  readonly tokens: { readonly [Purpose in OneTimeTokenPurpose]: OneTimeTokenRecord | null }
  readonly revocations: readonly Revocation[]
}

export async function stateOf(
  storage: Storage,
  { user, sessions, apiKeys, tokens, now }: Account,
): Promise<AccountState> {
  const find = async ({ hash, purpose }: OneTimeTokenRecord) =>
    (await storage.oneTimeTokens.find({ hash, purpose, now }))?.token ?? null
  const kept = await storage.apiKeys.list({
    userId: user.id,
    limit: 100,
    offset: 0,
    sortBy: 'createdAt',
    sortOrder: 'asc',
  })
  const ids = [...sessions, ...apiKeys].map(({ id }) => id)
  return {
    user: await storage.users.find({ userId: user.id }),
    sessions: await Promise.all(sessions.map(({ id }) => storage.sessions.find({ sessionId: id, now }))),
    apiKeys: apiKeys.map(({ id }) => kept.items.find(apiKey => apiKey.id === id) ?? null),
    tokens: {
      confirmEmail: await find(tokens.confirmEmail),
      resetPassword: await find(tokens.resetPassword),
      changeEmail: await find(tokens.changeEmail),
    },
    revocations: await revocationsOf(storage, ids, user.createdAt),
  }
}

/** Checks the named parts of the account separately, so a failure shows which part is wrong. */
export async function expectState(
  storage: Storage,
  account: Account,
  asked: Partial<AccountState>,
  rule: string,
): Promise<void> {
  const state = await stateOf(storage, account)
  for (const [part, value] of Object.entries(asked)) {
    expectEqual(state[part as keyof AccountState], value, `${rule} (${part})`)
  }
}

/** Runs a method that must be refused, then checks that no visible part of the account has changed. */
export async function expectUnchanged<Answer>(
  storage: Storage,
  account: Account,
  refuse: () => Promise<Answer>,
  rule: string,
): Promise<Answer> {
  const before = await stateOf(storage, account)
  const answer = await refuse()
  await expectState(storage, account, before, rule)
  return answer
}
