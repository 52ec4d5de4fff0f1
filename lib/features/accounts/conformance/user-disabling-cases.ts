import { randomUUID } from 'node:crypto'
import { expectApiKeyIds, expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomSession, randomTime } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeDisabledAccount, storeUser } from '../../../conformance/stored-records.js'

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
      expectApiKeyIds(storage, answer.apiKeyIds, apiKeys, rule)
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
    title: 'users.disable: an already disabled user keeps the earlier instant, and the feed gets new lines',
    async run({ storage }) {
      const account = await storeDisabledAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const later = now + minuteMilliseconds
      const answer = await storage.users.disable({ userId: user.id, now: later })
      const rule = 'disabledAt is the first instant'
      const again = expectOutcome(answer, 'disabled', rule)
      expectEqual(again.revokedSessionIds, [], 'There was no session left')
      expectApiKeyIds(storage, again.apiKeyIds, apiKeys, rule)
      const lines = [now, later].flatMap(time => apiKeys.map(apiKey => apiKeyLine(apiKey, time)))
      const revocations = inFeedOrder([...sessions.map(session => sessionLine(session, now)), ...lines])
      await expectState(storage, account, { user, revocations }, rule)
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
      const opening = await storage.sessions.open({
        session,
        proofs: [{ kind: 'password', hash: user.passwordHash }],
        maximumPerUser: 100,
      })
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
      const open = () =>
        storage.sessions.open({ session, proofs: [{ kind: 'password', hash: user.passwordHash }], maximumPerUser: 100 })
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
      const opening = await storage.sessions.open({
        session: randomSession(user),
        proofs: [{ kind: 'password', hash: passwordHash }],
        maximumPerUser: 100,
      })
      expectEqual(opening, { outcome: 'stale' }, 'Only the right password reveals that the user is disabled')
    },
  },
]
