import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash, randomSession, randomTokenHash } from '../../../conformance/random-records.js'
import {
  storeAccount,
  storeDisabledAccount,
  storePasswordless,
  storeToken,
} from '../../../conformance/stored-records.js'
import { consumeToken, purposes } from './consume-token.js'

/** Cases for tokens of users who are disabled, deleted or without a password, or have too many sessions. */
export const userTokenCases: readonly ConformanceCase[] = [
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
    title: 'users.delete: the mailed tokens of a deleted user are invalid',
    async run({ storage }) {
      const { user, tokens, now } = await storeAccount(storage)
      await storage.users.delete({ userId: user.id, now })
      const rule = 'The token was deleted with its user'
      const { confirmEmail, resetPassword, changeEmail } = tokens
      const invalid = { outcome: 'invalid' }
      expectEqual(await storage.oneTimeTokens.confirmEmail({ hash: confirmEmail.hash, now }), invalid, rule)
      const reset = { hash: resetPassword.hash, now, newHash: randomPasswordHash(), messages: [] }
      expectEqual(await storage.oneTimeTokens.resetPassword(reset), invalid, rule)
      expectEqual(await storage.oneTimeTokens.changeEmail({ hash: changeEmail.hash, now }), invalid, rule)
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
        proofs: [{ kind: 'password', hash: newHash }],
        maximumPerUser: 100,
      })
      expectOutcome(opening, 'opened', 'The first password opens a session')
    },
  },
  {
    title: 'sessions.open: the address change that a session past the maximum has requested is discarded',
    async run({ storage }) {
      const { user, sessions, tokens, now } = await storeAccount(storage)
      const changeWith = async (maximumPerUser: number) => {
        const [session, passwordHash] = [randomSession(user, { createdAt: now, rotatedAt: now }), user.passwordHash]
        expectOutcome(
          await storage.sessions.open({ session, proofs: [{ kind: 'password', hash: passwordHash }], maximumPerUser }),
          'opened',
          'A user with the maximum of sessions signs in',
        )
        const { hash } = tokens.changeEmail
        return (await storage.oneTimeTokens.find({ hash, purpose: 'changeEmail', now }))?.token ?? null
      }
      expectEqual(await changeWith(sessions.length + 1), tokens.changeEmail, 'The session that requested it continues')
      expectEqual(await changeWith(1), null, 'A revoked session changes no address')
    },
  },
]
