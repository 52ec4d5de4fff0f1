import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import {
  minuteMilliseconds,
  randomApiKey,
  randomApiKeyHash,
  randomSession,
  randomTime,
  randomTokenHash,
} from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeUser } from '../../../conformance/stored-records.js'
import type { RollApiKey } from '../../api-keys/plan-api-key-roll.js'
import { consumeToken, purposes } from '../../email/conformance/consume-token.js'

async function storeDisabledAccount(storage: Storage): Promise<Account> {
  const account = await storeAccount(storage)
  const { user, now } = account
  expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
  return { ...account, user: { ...user, disabledAt: now } }
}

function rollOf({ user, apiKeys, now }: Account): RollApiKey {
  const successor = { id: randomUUID(), hash: randomApiKeyHash(), keyPrefix: 'sk-conf', lastFour: 'wxyz' }
  const limits = { overlapMilliseconds: 1_000, maximumLifetimeMilliseconds: null, maximumPerUser: 10 }
  return { apiKeyId: apiKeys[0].id, userId: user.id, successor, ...limits, now }
}

/** Cases for disabling and enabling a user. */
export const userDisablingCases: readonly ConformanceCase[] = [
  {
    title: 'users.disable: every session is revoked, the keys stay, and the feed has each session and key',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, tokens, now } = account
      const answer = expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
      const rule = 'Disabling revokes the sessions, and processes that have cached a key must read it again'
      expectEqual(sorted(answer.revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      expectEqual(sorted(answer.apiKeyIds), sorted(apiKeys.map(({ id }) => id)), rule)
      const asked = {
        user: { ...user, disabledAt: now },
        sessions: [null, null, null],
        apiKeys,
        tokens: { confirmEmail: null, resetPassword: null, changeEmail: null },
        revocations: inFeedOrder([
          ...sessions.map(session => sessionLine(session, now)),
          ...apiKeys.map(apiKey => apiKeyLine(apiKey, now)),
        ]),
      }
      await expectState(storage, account, asked, rule)
      await storage.users.enable({ userId: user.id })
      const pending = { ...asked.tokens, confirmEmail: tokens.confirmEmail }
      await expectState(
        storage,
        account,
        { tokens: pending },
        'Pending reset and change tokens are discarded permanently',
      )
    },
  },
  {
    title: 'users.disable: an API key is still found, with a user who is disabled',
    async run({ storage }) {
      const { user, apiKeys, now } = await storeDisabledAccount(storage)
      const [apiKey] = apiKeys
      const found = await storage.apiKeys.findByHash({ hash: apiKey.hash, now })
      expectEqual(found, { apiKey, user }, 'The key is returned with its disabled user')
    },
  },
  {
    title: 'users.disable: an already disabled user keeps the earlier instant, and the feed gets new lines',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const later = now + minuteMilliseconds
      const answer = await storage.users.disable({ userId: user.id, now: later })
      const rule = 'disabledAt is the first instant'
      const again = expectOutcome(answer, 'disabled', rule)
      expectEqual(again.revokedSessionIds, [], 'There was no session left')
      expectEqual(sorted(again.apiKeyIds), sorted(apiKeys.map(({ id }) => id)), rule)
      const lines = [now, later].flatMap(time => apiKeys.map(apiKey => apiKeyLine(apiKey, time)))
      const revocations = inFeedOrder([...sessions.map(session => sessionLine(session, now)), ...lines])
      await expectState(storage, account, { user, revocations }, rule)
    },
  },
  {
    title: 'users.disable: disabling a user at the instant of a roll adds no second line to the feed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, now } = account
      expectOutcome(await storage.apiKeys.roll(rollOf(account)), 'rolled', 'The key exists')
      expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
      const lines = [...sessions.map(one => sessionLine(one, now)), ...apiKeys.map(one => apiKeyLine(one, now))]
      await expectState(
        storage,
        account,
        { revocations: inFeedOrder(lines) },
        'The feed has one line per key and instant',
      )
    },
  },
  {
    title: 'users.disable: records of other users stay unchanged',
    async run({ storage }) {
      const stranger = await storeAccount(storage)
      const { user, now } = await storeAccount(storage)
      const disable = () => storage.users.disable({ userId: user.id, now })
      await expectUnchanged(storage, stranger, disable, 'Disabling does not affect other users')
    },
  },
  {
    title: 'users.disable: an unknown user is answered with unknown',
    async run({ storage }) {
      const answer = await storage.users.disable({ userId: randomUUID(), now: randomTime() })
      expectEqual(answer, { outcome: 'unknown' }, 'No user has this id')
    },
  },
  {
    title: 'users.enable: the user is as before, without sessions, and nothing else changes',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, now } = account
      const before = await stateOf(storage, account)
      expectEqual(await storage.users.enable({ userId: user.id }), { outcome: 'enabled' }, 'The user exists')
      const enabled = { ...user, disabledAt: null }
      const after = { user: enabled, sessions: [null, null, null], apiKeys: before.apiKeys }
      await expectState(storage, account, { ...after, revocations: before.revocations }, 'Enabling restores no session')
      const session = randomSession(user, { createdAt: now })
      const opening = await storage.sessions.open({ session, passwordHash: user.passwordHash, maximumPerUser: 100 })
      const opened = { outcome: 'opened', user: { ...enabled, lastSignInAt: now }, revokedSessionIds: [] }
      expectEqual(opening, opened, 'The user can sign in again')
    },
  },
  {
    title: 'users.enable: a user who is not disabled stays as they are, and others stay disabled',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const other = await storeDisabledAccount(storage)
      const enable = () => storage.users.enable({ userId: account.user.id })
      const rule = 'Enabling applies to one user, and is not an error for an enabled one'
      expectEqual(await expectUnchanged(storage, account, enable, rule), { outcome: 'enabled' }, rule)
      await expectState(storage, other, { user: other.user }, rule)
    },
  },
  {
    title: 'users.enable: an unknown user is answered with unknown',
    async run({ storage }) {
      expectEqual(await storage.users.enable({ userId: randomUUID() }), { outcome: 'unknown' }, 'No user has this id')
    },
  },
  {
    title: 'sessions.open: for a disabled user the answer is disabled and nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, now } = account
      const session = randomSession(user)
      const open = () => storage.sessions.open({ session, passwordHash: user.passwordHash, maximumPerUser: 100 })
      const rule = 'A disabled user cannot sign in'
      expectEqual(await expectUnchanged(storage, account, open, rule), { outcome: 'disabled' }, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now }), null, rule)
    },
  },
  {
    title: 'sessions.open: an outdated hash is stale for a disabled user too',
    async run({ storage }) {
      const { user } = await storeDisabledAccount(storage)
      const { passwordHash } = await storeUser(storage)
      const opening = await storage.sessions.open({ session: randomSession(user), passwordHash, maximumPerUser: 100 })
      expectEqual(opening, { outcome: 'stale' }, 'Only the right password reveals that the user is disabled')
    },
  },
  {
    title: 'oneTimeTokens.issue: for a disabled user nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, tokens, now } = account
      const rule = 'A disabled user is issued no token'
      for (const purpose of purposes) {
        const token = { ...tokens[purpose], hash: randomTokenHash() }
        const issue = () => storage.oneTimeTokens.issue({ token, messages: [] })
        expectEqual(await expectUnchanged(storage, account, issue, rule), { outcome: 'unknownUser' }, rule)
        await storage.users.enable({ userId: user.id })
        expectEqual(await storage.oneTimeTokens.find({ hash: token.hash, purpose, now }), null, rule)
        await storage.users.disable({ userId: user.id, now })
      }
    },
  },
  {
    title: 'oneTimeTokens.find: a disabled user’s token is not found, and is invalid for every method',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { tokens, now } = account
      const rule = 'A mailed token has no effect for a disabled user'
      for (const purpose of purposes) {
        const { hash } = tokens[purpose]
        expectEqual(await storage.oneTimeTokens.find({ hash, purpose, now }), null, rule)
        const consume = () => consumeToken(storage, purpose, { hash, now })
        expectEqual(await expectUnchanged(storage, account, consume, rule), { outcome: 'invalid' }, rule)
      }
    },
  },
  {
    title: 'apiKeys.create: for a disabled user nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, now } = account
      const apiKey = randomApiKey(user)
      const creation = await storage.apiKeys.create({ apiKey, maximumPerUser: 10 })
      expectEqual(creation, { outcome: 'unknownUser' }, 'A disabled user gets no key')
      expectEqual(await storage.apiKeys.findByHash({ hash: apiKey.hash, now }), null, 'A disabled user gets no key')
    },
  },
  {
    title: 'apiKeys.roll: for a disabled user the answer is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const roll = () => storage.apiKeys.roll(rollOf(account))
      const rule = 'A disabled user’s key gets no successor'
      expectEqual(await expectUnchanged(storage, account, roll, rule), { outcome: 'unknown' }, rule)
    },
  },
]
