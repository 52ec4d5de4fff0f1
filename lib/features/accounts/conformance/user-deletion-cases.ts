import { randomUUID } from 'node:crypto'
import { expectApiKeyIds, expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import {
  hourMilliseconds,
  randomApiKey,
  randomSession,
  randomTime,
  randomToken,
} from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

/** Cases for deleting a user with all their records. */
export const userDeletionCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: the user and all their records are removed, and the feed has each session and key',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, apiKeys, now } = account
      const answer = expectOutcome(await storage.users.delete({ userId: user.id, now }), 'deleted', 'The user exists')
      const rule = 'A deletion removes the user with all their records'
      expectEqual(sorted(answer.revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      expectApiKeyIds(storage, answer.deletedApiKeyIds, apiKeys, rule)
      const asked = {
        user: null,
        sessions: [null, null, null],
        apiKeys: [null, null],
        tokens: { confirmEmail: null, resetPassword: null, changeEmail: null },
        revocations: inFeedOrder([
          ...sessions.map(session => sessionLine(session, now)),
          ...apiKeys.map(apiKey => apiKeyLine(apiKey, now)),
        ]),
      }
      await expectState(storage, account, asked, rule)
    },
  },
  {
    title: 'users.delete: the address, the username and the API keys no longer find the user',
    async run({ storage }) {
      const { user, apiKeys, now } = await storeAccount(storage)
      await storage.users.delete({ userId: user.id, now })
      expectEqual(await storage.users.findByEmail({ email: user.email }), null, 'The address belongs to no user')
      const found = await storage.users.findByUsername({ username: String(user.username) })
      expectEqual(found, null, 'The username belongs to no user')
      if (!hasFeature(storage, 'api-keys')) return
      expectEqual(await storage.apiKeys.findByHash({ hash: apiKeys[0].hash, now }), null, 'The key no longer exists')
    },
  },
  {
    title: 'users.delete: a refresh token of a deleted user is unknown',
    async run({ storage }) {
      const { user, sessions, now } = await storeAccount(storage)
      await storage.users.delete({ userId: user.id, now })
      const rotation = await storage.sessions.rotate({
        sessionId: sessions[0].id,
        generation: 0,
        now,
        graceMilliseconds: 10_000,
        idleExpiresAt: now + hourMilliseconds,
        recordSuperseded: false,
        requireConfirmedEmail: false,
        ip: null,
        userAgent: null,
      })
      expectEqual(rotation, { outcome: 'unknown' }, 'The session was deleted with its user')
    },
  },
  {
    title: 'users.delete: no new records can be added to a deleted user',
    async run({ storage }) {
      const user = await storeUser(storage)
      await storage.users.delete({ userId: user.id, now: user.createdAt })
      const session = randomSession(user)
      const opening = await storage.sessions.open({
        session,
        proofs: [{ kind: 'password', hash: user.passwordHash }],
        maximumPerUser: 100,
      })
      expectEqual(opening, { outcome: 'stale' }, 'A deleted user cannot sign in')
      if (hasFeature(storage, 'email')) {
        const issue = await storage.oneTimeTokens.issue({ token: randomToken(user), messages: [] })
        expectEqual(issue, { outcome: 'unknownUser' }, 'A deleted user is issued no token')
      }
      if (!hasFeature(storage, 'api-keys')) return
      const creation = await storage.apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 10 })
      expectEqual(creation, { outcome: 'unknownUser' }, 'A deleted user gets no key')
    },
  },
  {
    title: 'users.delete: the address and the username are free immediately',
    async run({ storage }) {
      const { user, now } = await storeAccount(storage)
      await storage.users.delete({ userId: user.id, now })
      const { email, username } = user
      const successor = await storeUser(storage, { email, username })
      expectEqual(await storage.users.findByEmail({ email }), successor, 'The address belongs to the next user')
    },
  },
  {
    title: 'users.delete: for a user without sessions and keys the answer lists none',
    async run({ storage }) {
      const user = await storeUser(storage)
      const answer = await storage.users.delete({ userId: user.id, now: user.createdAt })
      const { revokedSessionIds, deletedApiKeyIds } = expectOutcome(answer, 'deleted', 'The user exists')
      const rule = 'There was nothing to revoke'
      expectEqual(revokedSessionIds, [], rule)
      expectApiKeyIds(storage, deletedApiKeyIds, [], rule)
    },
  },
  {
    title: 'users.delete: records of other users stay unchanged',
    async run({ storage }) {
      const stranger = await storeAccount(storage)
      const { user, now } = await storeAccount(storage)
      const deletion = () => storage.users.delete({ userId: user.id, now })
      await expectUnchanged(storage, stranger, deletion, 'A deletion does not affect other users')
    },
  },
  {
    title: 'users.delete: an unknown user is answered with unknown',
    async run({ storage }) {
      const answer = await storage.users.delete({ userId: randomUUID(), now: randomTime() })
      expectEqual(answer, { outcome: 'unknown' }, 'No user has this id')
    },
  },
  {
    title: 'users.delete: the second deletion is answered with unknown',
    async run({ storage }) {
      const user = await storeUser(storage)
      const request = { userId: user.id, now: user.createdAt }
      await storage.users.delete(request)
      expectEqual(await storage.users.delete(request), { outcome: 'unknown' }, 'A user is deleted once')
    },
  },
]
