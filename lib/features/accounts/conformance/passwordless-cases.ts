import type { Storage } from '../../../composition/storage.js'
import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash, randomSession, randomUser } from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeAccount, storeToken } from '../../../conformance/stored-records.js'
import type { PasswordHash, UserRecord } from '../../../storage/records.js'

async function storePasswordless(storage: Storage): Promise<UserRecord> {
  const user = { ...randomUser(), passwordHash: null }
  expectOutcome(await storage.users.create(signUpOf(user)), 'created', 'A user without a password can be created')
  return user
}

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
        const opening = await storage.sessions.open({ session, passwordHash, maximumPerUser: 100 })
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
  {
    title: 'oneTimeTokens.resetPassword: a user without a password gets one, which opens sessions',
    async run({ storage }) {
      const user = await storePasswordless(storage)
      const { hash, createdAt: now } = await storeToken(storage, user, { purpose: 'resetPassword' })
      const newHash = randomPasswordHash()
      const answer = await storage.oneTimeTokens.resetPassword({ hash, newHash, now, messages: [] })
      const reset = expectOutcome(answer, 'reset', 'A mailed token sets a first password')
      expectEqual(reset.user, { ...user, passwordHash: newHash, emailConfirmedAt: now }, 'The password is set')
      const opening = await storage.sessions.open({
        session: randomSession(user),
        passwordHash: newHash,
        maximumPerUser: 100,
      })
      expectOutcome(opening, 'opened', 'The first password opens a session')
    },
  },
]
