import { randomUUID } from 'node:crypto'
import type { Storage } from '../composition/storage.js'
import type { AskingSession } from '../storage/asking-session.js'
import type { PasswordHash } from '../storage/records.js'
import { expectUnchanged } from './account-state.js'
import { rollOf } from './api-key-roll-cases.js'
import type { ConformanceCase } from './conformance-case.js'
import { consumed } from './consume-token.js'
import { expectEqual, expectOneOf, expectOutcome } from './contract.js'
import { randomApiKey, randomEmail, randomPasswordHash, randomToken } from './random-records.js'
import { type Account, storeAccount, storeSession } from './stored-records.js'

type Ask = (storage: Storage, account: Account, asking: AskingSession) => Promise<{ readonly outcome: string }>

interface AskedMethod {
  readonly ask: Ask
  /** The outcome for a live session. */
  readonly granted: string
}

/** Returns a token for an address change that the session requests at the account's `now`. */
export function addressChangeOf({ user, now }: Account, sessionId: string) {
  const token = randomToken(user, { purpose: 'changeEmail', email: randomEmail(), sessionId, createdAt: now })
  return { token, currentHash: user.passwordHash, messages: [] }
}

/** All methods with a requesting session, except `users.changePassword`, whose session is part of the request. */
const askedMethods: Readonly<Record<string, AskedMethod>> = {
  'users.updateProfile': {
    granted: 'updated',
    ask: ({ users }, { user }, asking) =>
      users.updateProfile({ userId: user.id, patch: { nickname: 'asked' }, maximumBytes: 1_000, asking }),
  },
  'users.delete': {
    granted: 'deleted',
    ask: ({ users }, { user, now }, asking) =>
      users.delete({ userId: user.id, asking: { ...asking, currentHash: user.passwordHash }, now }),
  },
  'sessions.revoke': {
    granted: 'revoked',
    ask: ({ sessions }, account, asking) =>
      sessions.revoke({ userId: account.user.id, sessionId: account.sessions[1].id, asking, now: account.now }),
  },
  'sessions.revokeAll': {
    granted: 'revoked',
    ask: ({ sessions }, { user, now }, asking) => sessions.revokeAll({ userId: user.id, asking, now }),
  },
  'oneTimeTokens.issue': {
    granted: 'issued',
    ask: ({ oneTimeTokens }, account, { sessionId }) => oneTimeTokens.issue(addressChangeOf(account, sessionId)),
  },
  'apiKeys.create': {
    granted: 'created',
    ask: ({ apiKeys }, { user }, asking) => apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100, asking }),
  },
  'apiKeys.delete': {
    granted: 'deleted',
    ask: ({ apiKeys }, account, asking) =>
      apiKeys.delete({ userId: account.user.id, apiKeyId: account.apiKeys[0].id, asking, now: account.now }),
  },
  'apiKeys.roll': {
    granted: 'rolled',
    ask: ({ apiKeys }, account, asking) => apiKeys.roll({ ...rollOf(account.apiKeys[0]), asking }),
  },
}

async function expectSessionEnded(storage: Storage, account: Account, sessionId: string, ask: Ask): Promise<void> {
  const asking = { sessionId, now: account.now }
  const rule = 'A session that is not a live session of the user changes nothing'
  const { outcome } = await expectUnchanged(storage, account, () => ask(storage, account, asking), rule)
  expectEqual(outcome, 'sessionEnded', rule)
}

function casesOf([method, { ask, granted }]: readonly [string, AskedMethod]): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: a live session of the user is accepted`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { outcome } = await ask(storage, account, { sessionId: account.sessions[0].id, now: account.now })
        expectEqual(outcome, granted, 'A request of a live session succeeds')
      },
    },
    {
      title: `${method}: a session that has been revoked is sessionEnded, and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { id: sessionId } = await storeSession(storage, account.user)
        await storage.sessions.revoke({ sessionId, now: account.now })
        await expectSessionEnded(storage, account, sessionId, ask)
      },
    },
    {
      title: `${method}: an expired, an unknown and another user’s session are sessionEnded`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const stranger = await storeAccount(storage)
        const expired = await storeSession(storage, account.user, { expiresAt: account.now })
        const foreign = await storeSession(storage, stranger.user, { expiresAt: account.now + 1_000 })
        for (const sessionId of [expired.id, foreign.id, randomUUID()])
          await expectSessionEnded(storage, account, sessionId, ask)
      },
    },
  ]
}

/** Cases for methods that check the requesting session again within their own step. */
export const askingSessionCases: readonly ConformanceCase[] = [
  ...Object.entries(askedMethods).flatMap(casesOf),
  {
    title: 'users.delete: an outdated hash is stale, and nothing is deleted',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const asking = { sessionId: sessions[0].id, currentHash: randomPasswordHash(), now }
      const remove = () => storage.users.delete({ userId: user.id, asking, now })
      const rule = 'An outdated password deletes nothing'
      expectEqual(await expectUnchanged(storage, account, remove, rule), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'oneTimeTokens.issue: an outdated hash is stale, and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = { ...addressChangeOf(account, account.sessions[0].id), currentHash: randomPasswordHash() }
      const issue = () => storage.oneTimeTokens.issue(request)
      const rule = 'An outdated password issues no token'
      expectEqual(await expectUnchanged(storage, account, issue, rule), { outcome: 'stale' }, rule)
    },
  },
  ...(['confirmEmail', 'changeEmail'] as const).map(
    (method): ConformanceCase => ({
      title: `oneTimeTokens.${method}: a hash that no longer stands is stale, and the token stays good`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { user, tokens, now } = account
        const consume = async (currentHash: PasswordHash | null): Promise<{ readonly outcome: string }> =>
          storage.oneTimeTokens[method]({ hash: tokens[method].hash, now, ...(currentHash && { currentHash }) })
        const rule = 'A password that was changed meanwhile consumes no token'
        const stale = { outcome: 'stale' }
        expectEqual(await expectUnchanged(storage, account, () => consume(randomPasswordHash()), rule), stale, rule)
        const { outcome } = await consume(user.passwordHash)
        expectEqual(outcome, consumed[method], 'The hash that stands consumes the token')
        const again = await consume(randomPasswordHash())
        expectEqual(again, { outcome: 'invalid' }, 'A consumed token is invalid with any hash')
      },
    }),
  ),
  {
    title: 'sessions.revoke: a session can revoke itself, even if only its id is known',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [{ id: sessionId }] = sessions
      const request = { sessionId, asking: { sessionId, now }, now }
      expectOutcome(await storage.sessions.revoke(request), 'revoked', 'A session can revoke itself')
      expectOutcome(await storage.sessions.revoke(request), 'unknown', 'A session is revoked once')
    },
  },
  {
    title: 'sessions.revoke: an expired session can still revoke itself',
    async run({ storage }) {
      const { user, now } = await storeAccount(storage)
      const { id: sessionId } = await storeSession(storage, user, { expiresAt: now })
      const request = { sessionId, asking: { sessionId, now }, now }
      const { outcome } = await storage.sessions.revoke(request)
      expectOneOf(outcome, ['revoked', 'unknown'], 'A session need not be live to revoke itself')
      expectOutcome(await storage.sessions.revoke(request), 'unknown', 'A session is revoked once')
    },
  },
  {
    title: 'apiKeys.delete: a live session may delete a key without userId, if the key belongs to its user',
    async run({ storage }) {
      const { sessions, apiKeys, now } = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const foreign = await storeSession(storage, stranger.user, { expiresAt: now + 1_000 })
      const [{ id: apiKeyId }] = apiKeys
      const ask = (sessionId: string) => storage.apiKeys.delete({ apiKeyId, asking: { sessionId, now }, now })
      expectOutcome(await ask(foreign.id), 'sessionEnded', 'The key is another user’s')
      expectOutcome(await ask(sessions[0].id), 'deleted', 'The key is the user’s')
      expectOutcome(await ask(sessions[0].id), 'sessionEnded', 'A deleted key belongs to no user')
    },
  },
]
