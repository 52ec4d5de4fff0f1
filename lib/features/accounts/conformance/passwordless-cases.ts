import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { randomPasswordHash, randomSession } from '../../../conformance/random-records.js'
import { storeAccount, storePasswordless, storeToken } from '../../../conformance/stored-records.js'
import type { PasswordHash } from '../../../storage/records.js'

/** Values that a storage might confuse with a missing password. */
const guesses = ['', 'null', 'undefined', String(randomPasswordHash())] as PasswordHash[]

/** Cases for users without a password. */
export const passwordlessCases: readonly ConformanceCase[] = [
  {
    title: 'users.create: a user without a password comes back without one, however they are found',
    async run({ storage }) {
      const user = await storePasswordless(storage)
      const { id: userId, email, username } = user
      const rule = 'A missing password is null'
      expectEqual(await storage.users.find({ userId }), user, rule)
      expectEqual(await storage.users.findByEmail({ email }), user, rule)
      expectEqual(await storage.users.findByUsername({ username: String(username) }), user, rule)
      if (!hasFeature(storage, 'email')) return
      const token = await storeToken(storage, user)
      const found = await storage.oneTimeTokens.find({ hash: token.hash, purpose: token.purpose, now: token.createdAt })
      expectEqual(found, { token, user }, rule)
    },
  },
  {
    title: 'sessions.open: no hash opens a session of a user without a password',
    async run({ storage }) {
      const user = await storePasswordless(storage)
      const session = randomSession(user)
      for (const passwordHash of guesses) {
        const opening = await storage.sessions.open({
          session,
          proofs: [{ kind: 'password', hash: passwordHash }],
          maximumPerUser: 100,
        })
        expectEqual(opening, { outcome: 'stale' }, 'No hash equals a missing password')
      }
      const found = await storage.sessions.find({ sessionId: session.id, now: user.createdAt })
      expectEqual(found, null, 'No session is written')
    },
  },
  {
    title: 'users.changePassword, users.replacePasswordHash: no hash equals a missing password',
    async run({ storage }) {
      const user = await storePasswordless(storage)
      const account = await storeAccount(storage)
      const newHash = randomPasswordHash()
      const rule = 'Only a mailed token sets a missing password'
      for (const currentHash of guesses) {
        const change = { ...changeOf(account), userId: user.id, currentHash }
        expectEqual(await storage.users.changePassword(change), { outcome: 'stale' }, rule)
        const replacement = { userId: user.id, currentHash, newHash }
        expectEqual(await storage.users.replacePasswordHash(replacement), { outcome: 'stale' }, rule)
      }
      expectEqual(await storage.users.find({ userId: user.id }), user, rule)
    },
  },
]
