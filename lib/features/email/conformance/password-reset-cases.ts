import type { Storage } from '../../../composition/storage.js'
import { expectApiKeyIds, expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { randomEmail, randomPasswordHash } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeToken } from '../../../conformance/stored-records.js'

const provenAt = 1_000_000_000_004

async function reset(storage: Storage, { tokens, now }: Account, newHash = randomPasswordHash()) {
  const answer = await storage.oneTimeTokens.resetPassword({
    hash: tokens.resetPassword.hash,
    now,
    newHash,
    messages: [],
  })
  return expectOutcome(answer, 'reset', 'A live token of the user’s current address resets the password')
}

/** Cases for setting a password with a mailed token. */
export const passwordResetCases: readonly ConformanceCase[] = [
  {
    title: 'oneTimeTokens.resetPassword: the new hash is stored and the address is confirmed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const newHash = randomPasswordHash()
      const answer = await reset(storage, account, newHash)
      const user = { ...account.user, passwordHash: newHash, emailConfirmedAt: account.now }
      const rule = 'The token came by mail, so it also confirms the address'
      expectEqual(answer.user, user, rule)
      await expectState(storage, account, { user }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: an address that is already confirmed keeps its instant',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: provenAt })
      const { user } = await reset(storage, account)
      const rule = 'An address is confirmed once'
      expectEqual(user.emailConfirmedAt, provenAt, rule)
      await expectState(storage, account, { user }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: every session of the user is revoked and in the feed',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: provenAt })
      const { sessions, now } = account
      const { revokedSessionIds } = await reset(storage, account)
      const rule = 'A reset revokes every session of the user'
      expectEqual(sorted(revokedSessionIds), sorted(sessions.map(({ id }) => id)), rule)
      const revocations = inFeedOrder(sessions.map(session => sessionLine(session, now)))
      await expectState(storage, account, { sessions: [null, null, null], revocations }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: all one-time tokens of the user are discarded',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await reset(storage, account)
      const tokens = { confirmEmail: null, resetPassword: null, changeEmail: null }
      await expectState(storage, account, { tokens }, 'A reset discards every other pending token')
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: API keys stay if the address was already confirmed',
    features: ['api-keys'],
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: provenAt })
      const { deletedApiKeyIds } = await reset(storage, account)
      const rule = 'API keys of a confirmed address belong to its owner'
      expectApiKeyIds(storage, deletedApiKeyIds, [], rule)
      await expectState(storage, account, { apiKeys: account.apiKeys }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: API keys are deleted and in the feed if the address was unconfirmed',
    features: ['api-keys'],
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { sessions, apiKeys, now } = account
      const { deletedApiKeyIds } = await reset(storage, account)
      const rule = 'The creator of the keys had not proven ownership of the address'
      expectApiKeyIds(storage, deletedApiKeyIds, apiKeys, rule)
      const revocations = inFeedOrder([
        ...sessions.map(session => sessionLine(session, now)),
        ...apiKeys.map(apiKey => apiKeyLine(apiKey, now)),
      ])
      await expectState(storage, account, { apiKeys: [null, null], revocations }, rule)
      expectEqual(await storage.apiKeys.findByHash({ hash: apiKeys[0].hash, now }), null, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: a token made for a previous address is invalid and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const { hash } = await storeToken(storage, user, { purpose: 'resetPassword', email: randomEmail() })
      const attempt = () =>
        storage.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
      const rule = 'A token sets the password only for the address that it was made for'
      expectEqual(await expectUnchanged(storage, account, attempt, rule), { outcome: 'invalid' }, rule)
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: records of other users stay unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const rule = 'A reset does not affect other users'
      await expectUnchanged(storage, stranger, () => reset(storage, account), rule)
    },
  },
]
