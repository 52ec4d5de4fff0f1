import type { Storage } from '../composition/storage.js'
import type { ApiKeyRecord } from '../features/api-keys/api-key-record.js'
import type {
  EpochMilliseconds,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  Revocation,
  SessionRecord,
  UserRecord,
} from '../storage/records.js'
import { expectEqual, sorted } from './contract.js'
import { hasFeature } from './optional-features.js'
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

/**
 * Returns these parts as the storage shows them: without API keys each key is `null` and has no lines in the feed, and without
 * e-mail each token is `null`.
 */
export function visibleIn(storage: Storage, parts: Partial<AccountState>): Partial<AccountState> {
  const { apiKeys, tokens, revocations } = parts
  const withoutKeys = {
    ...(apiKeys && { apiKeys: apiKeys.map(() => null) }),
    ...(revocations && { revocations: revocations.filter(({ kind }) => kind !== 'apiKey') }),
  }
  const withoutTokens = tokens && { tokens: { confirmEmail: null, resetPassword: null, changeEmail: null } }
  return {
    ...parts,
    ...(hasFeature(storage, 'api-keys') ? {} : withoutKeys),
    ...(hasFeature(storage, 'email') ? {} : withoutTokens),
  }
}

/** Finds a token; `null` if the storage has no tokens. */
export async function findToken(
  storage: Storage,
  { hash, purpose }: OneTimeTokenRecord,
  now: EpochMilliseconds,
): Promise<OneTimeTokenRecord | null> {
  if (!hasFeature(storage, 'email')) return null
  return (await storage.oneTimeTokens.find({ hash, purpose, now }))?.token ?? null
}

/** Returns all API keys of a user: none if the storage has no API keys. */
export async function apiKeysOf(storage: Storage, userId: string): Promise<readonly ApiKeyRecord[]> {
  if (!hasFeature(storage, 'api-keys')) return []
  const order = { sortBy: 'createdAt', sortOrder: 'asc' } as const
  return (await storage.apiKeys.list({ userId, limit: 100, offset: 0, ...order })).items
}

export async function stateOf(
  storage: Storage,
  { user, sessions, apiKeys, tokens, now }: Account,
): Promise<AccountState> {
  const kept = await apiKeysOf(storage, user.id)
  const ids = [...sessions, ...apiKeys].map(({ id }) => id)
  return {
    user: await storage.users.find({ userId: user.id }),
    sessions: await Promise.all(sessions.map(({ id }) => storage.sessions.find({ sessionId: id, now }))),
    apiKeys: apiKeys.map(({ id }) => kept.find(apiKey => apiKey.id === id) ?? null),
    tokens: {
      confirmEmail: await findToken(storage, tokens.confirmEmail, now),
      resetPassword: await findToken(storage, tokens.resetPassword, now),
      changeEmail: await findToken(storage, tokens.changeEmail, now),
    },
    revocations: await revocationsOf(storage, ids, user.createdAt),
  }
}

/**
 * Checks the named parts of the account separately, so a failure shows which part is wrong. Of features that the storage lacks,
 * it must show nothing.
 */
export async function expectState(
  storage: Storage,
  account: Account,
  asked: Partial<AccountState>,
  rule: string,
): Promise<void> {
  const state = await stateOf(storage, account)
  for (const [part, value] of Object.entries(visibleIn(storage, asked))) {
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

/** Checks the ids of API keys in an answer. A storage without API keys gives none, or omits the field. */
export function expectApiKeyIds(
  storage: Storage,
  ids: readonly string[] | undefined,
  apiKeys: readonly ApiKeyRecord[],
  rule: string,
): void {
  const asked = hasFeature(storage, 'api-keys') ? apiKeys : []
  expectEqual(sorted(ids ?? []), sorted(asked.map(({ id }) => id)), rule)
}
