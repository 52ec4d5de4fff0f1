import type { Storage } from '../../../composition/storage.js'
import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeToken, storeUser } from '../../../conformance/stored-records.js'
import type { OneTimeTokenRecord } from '../../../storage/records.js'

async function change(storage: Storage, { tokens, now }: Account, { hash }: OneTimeTokenRecord = tokens.changeEmail) {
  const answer = await storage.oneTimeTokens.changeEmail({ hash, now })
  return expectOutcome(answer, 'changed', 'A live token for a free address changes the address')
}

async function expectAllSessionsEnded(storage: Storage, account: Account, token: OneTimeTokenRecord, rule: string) {
  const before = await stateOf(storage, account)
  const live = before.sessions.filter(session => session !== null)
  const { revokedSessionIds } = await change(storage, account, token)
  expectEqual(sorted(revokedSessionIds), sorted(live.map(({ id }) => id)), rule)
  await expectState(storage, account, { sessions: [null, null, null] }, rule)
}

/** Cases for changing the address. */
export const emailChangeCases: readonly ConformanceCase[] = [
  {
    title: 'oneTimeTokens.changeEmail: the address of the token becomes the user’s, confirmed',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: 1_000_000_000_005 })
      const { email } = account.tokens.changeEmail
      const answer = await change(storage, account)
      const user = { ...account.user, email, emailConfirmedAt: account.now }
      const rule = 'The new address is the user’s, and confirmed at this instant'
      expectEqual(answer.user, user, rule)
      expectEqual(answer.previousEmail, account.user.email, 'The answer has the previous address')
      await expectState(storage, account, { user }, rule)
      expectEqual(await storage.users.findByEmail({ email }), user, rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: the previous address is free immediately',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await change(storage, account)
      const { email } = account.user
      const rule = 'A previous address belongs to no user'
      expectEqual(await storage.users.findByEmail({ email }), null, rule)
      const successor = await storeUser(storage, { email })
      expectEqual(await storage.users.findByEmail({ email }), successor, rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: the session of the token stays, every other is revoked and in the feed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [asking, ...others] = account.sessions
      const { revokedSessionIds } = await change(storage, account)
      const rule = 'Only the session that requested the change survives it'
      expectEqual(sorted(revokedSessionIds), sorted(others.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(others.map(session => sessionLine(session, account.now)))
      await expectState(storage, account, { sessions: [asking, null, null], revocations }, rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: a token without a session revokes every session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const token = await storeToken(storage, account.user, { purpose: 'changeEmail', email: randomEmail() })
      await expectAllSessionsEnded(storage, account, token, 'No session requested the change, so none survives it')
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: a token survives the sign-out of its session, and then revokes every session',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [{ id: sessionId }] = account.sessions
      await storage.sessions.revoke({ sessionId, asking: { sessionId, now: account.now }, now: account.now })
      const rule = 'The requesting session has ended, so none survives the change'
      await expectAllSessionsEnded(storage, account, account.tokens.changeEmail, rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: all one-time tokens of the user are discarded, API keys stay',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await change(storage, account)
      const tokens = { confirmEmail: null, resetPassword: null, changeEmail: null }
      const rule = 'Tokens mailed to the previous address are invalid'
      await expectState(storage, account, { tokens, apiKeys: account.apiKeys }, rule)
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: an address of another user is emailTaken, which only consumes the token',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      const owner = await storeUser(storage, { email: account.tokens.changeEmail.email })
      const rule = 'An address that was taken meanwhile is refused, and the token is consumed'
      const { hash } = account.tokens.changeEmail
      const answer = await storage.oneTimeTokens.changeEmail({ hash, now: account.now })
      expectEqual(answer, { outcome: 'emailTaken' }, rule)
      const after = { ...before, tokens: { ...before.tokens, changeEmail: null } }
      await expectState(storage, account, after, rule)
      const { email } = owner
      expectEqual(await storage.users.findByEmail({ email }), owner, 'The owner of the address keeps it')
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: the user’s current address is not taken',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const token = await storeToken(storage, account.user, { purpose: 'changeEmail' })
      const { user } = await change(storage, account, token)
      const asked = { ...account.user, emailConfirmedAt: account.now }
      expectEqual(user, asked, 'A token for the user’s current address confirms it')
    },
  },
  {
    title: 'oneTimeTokens.changeEmail: records of other users stay unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const rule = 'A changed address does not affect other users'
      await expectUnchanged(storage, stranger, () => change(storage, account), rule)
    },
  },
]
