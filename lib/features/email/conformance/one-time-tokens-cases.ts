import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomTime, randomToken, randomTokenHash, randomUser } from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeSession, storeToken, storeUser } from '../../../conformance/stored-records.js'
import type { EpochMilliseconds, OneTimeTokenRecord } from '../../../storage/records.js'

function look({ oneTimeTokens }: Storage, { hash, purpose }: OneTimeTokenRecord, now: EpochMilliseconds) {
  return oneTimeTokens.find({ hash, purpose, now })
}

/** Cases for issuing and finding mailed tokens. */
export const oneTimeTokensCases: readonly ConformanceCase[] = [
  {
    title: 'oneTimeTokens.issue: the token is found with its user, exactly as written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { id: sessionId } = await storeSession(storage, user)
      const token = await storeToken(storage, user, { sessionId })
      const found = await look(storage, token, user.createdAt)
      const signedIn = { ...user, lastSignInAt: user.createdAt }
      expectEqual(found, { token, user: signedIn }, 'A token comes back as written, with its user')
    },
  },
  {
    title: 'oneTimeTokens.issue: a token replaces the user’s token of the same purpose',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt
      const old = await storeToken(storage, user)
      const token = await storeToken(storage, user)
      expectEqual(await look(storage, old, now), null, 'The superseded token no longer exists')
      expectEqual(await look(storage, token, now), { token, user }, 'The newest token is live')
    },
  },
  {
    title: 'oneTimeTokens.issue: an expired token of the same purpose is replaced',
    async run({ storage }) {
      const user = await storeUser(storage)
      const now = user.createdAt
      await storeToken(storage, user, { expiresAt: now })
      const token = await storeToken(storage, user)
      expectEqual(await look(storage, token, now), { token, user }, 'The newest token is live')
    },
  },
  {
    title: 'oneTimeTokens.issue: the user’s tokens of other purposes stay',
    async run({ storage }) {
      const user = await storeUser(storage)
      const token = await storeToken(storage, user)
      await storeToken(storage, user, { purpose: 'resetPassword' })
      await storeToken(storage, user, { purpose: 'changeEmail' })
      const found = await look(storage, token, user.createdAt)
      expectEqual(found, { token, user }, 'A token supersedes only its own purpose')
    },
  },
  {
    title: 'oneTimeTokens.issue: other users’ tokens of the same purpose stay',
    async run({ storage }) {
      const user = await storeUser(storage)
      const token = await storeToken(storage, user)
      await storeToken(storage, await storeUser(storage))
      const found = await look(storage, token, user.createdAt)
      expectEqual(found, { token, user }, 'A token supersedes only tokens of its own user')
    },
  },
  {
    title: 'oneTimeTokens.issue: for an unknown user nothing is written',
    async run({ storage }) {
      const user = randomUser()
      const token = randomToken(user)
      expectEqual(
        await storage.oneTimeTokens.issue({ token, messages: [] }),
        { outcome: 'unknownUser' },
        'No user has this id',
      )
      expectEqual(await storage.users.create(signUpOf(user)), { outcome: 'created' }, 'The id is still free')
      const found = await look(storage, token, user.createdAt)
      expectEqual(found, null, 'A token without a user is not stored')
    },
  },
  {
    title: 'oneTimeTokens.issue: a hash that another token has is rejected and nothing is written',
    async run({ storage }) {
      const user = await storeUser(storage)
      const other = await storeUser(storage)
      const now = user.createdAt
      const token = await storeToken(storage, user)
      const pending = await storeToken(storage, other)
      const duplicate = randomToken(other, { hash: token.hash })
      const rule = 'Hashes are unique, and an issue that fails supersedes nothing'
      await expectRejection(storage.oneTimeTokens.issue({ token: duplicate, messages: [] }), rule)
      expectEqual(await look(storage, token, now), { token, user }, rule)
      const found = await look(storage, pending, other.createdAt)
      expectEqual(found, { token: pending, user: other }, rule)
    },
  },
  {
    title: 'oneTimeTokens.find: looking doesn’t consume',
    async run({ storage }) {
      const user = await storeUser(storage)
      const token = await storeToken(storage, user)
      await look(storage, token, user.createdAt)
      expectEqual(await look(storage, token, user.createdAt), { token, user }, 'Finding a token does not consume it')
    },
  },
  {
    title: 'oneTimeTokens.find: a token is live until the last millisecond before expiresAt',
    async run({ storage }) {
      const user = await storeUser(storage)
      const token = await storeToken(storage, user)
      const found = await look(storage, token, token.expiresAt - 1)
      expectEqual(found, { token, user }, 'A token is live while now < expiresAt')
    },
  },
  {
    title: 'oneTimeTokens.find: a token is expired at exactly expiresAt',
    async run({ storage }) {
      const token = await storeToken(storage, await storeUser(storage))
      const found = await look(storage, token, token.expiresAt)
      expectEqual(found, null, 'A token is expired from expiresAt on')
    },
  },
  {
    title: 'oneTimeTokens.find: a token of another purpose is not found',
    async run({ storage }) {
      const user = await storeUser(storage)
      const { hash } = await storeToken(storage, user)
      for (const purpose of ['resetPassword', 'changeEmail'] as const) {
        const found = await storage.oneTimeTokens.find({ hash, purpose, now: user.createdAt })
        expectEqual(found, null, `A confirmEmail token is not found as a ${purpose} token`)
      }
    },
  },
  {
    title: 'oneTimeTokens.find: an unknown hash is answered with null',
    async run({ storage }) {
      const request = { hash: randomTokenHash(), purpose: 'confirmEmail', now: randomTime() } as const
      expectEqual(await storage.oneTimeTokens.find(request), null, 'No token has a new random hash')
    },
  },
]
