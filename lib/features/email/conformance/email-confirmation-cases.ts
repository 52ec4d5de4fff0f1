import { expectState, expectUnchanged, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { storeAccount, storeToken } from '../../../conformance/stored-records.js'

/** Cases for confirming an address. */
export const emailConfirmationCases: readonly ConformanceCase[] = [
  {
    title: 'oneTimeTokens.confirmEmail: the address is confirmed, the token is removed, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { now } = account
      const before = await stateOf(storage, account)
      const answer = await storage.oneTimeTokens.confirmEmail({ hash: account.tokens.confirmEmail.hash, now })
      const user = { ...account.user, emailConfirmedAt: now }
      expectEqual(answer, { outcome: 'confirmed', user }, 'The answer has the user with the confirmed address')
      const after = { ...before, user, tokens: { ...before.tokens, confirmEmail: null } }
      await expectState(storage, account, after, 'A confirmation marks the address and consumes its token')
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: an address that is already confirmed keeps its instant',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: 1_000_000_000_003 })
      const { user, now } = account
      const answer = await storage.oneTimeTokens.confirmEmail({ hash: account.tokens.confirmEmail.hash, now })
      const rule = 'An address is confirmed once'
      expectEqual(answer, { outcome: 'confirmed', user }, rule)
      await expectState(storage, account, { user }, rule)
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: a token for another address than the user’s is invalid and confirms nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const { hash } = await storeToken(storage, user, { email: randomEmail() })
      const confirm = () => storage.oneTimeTokens.confirmEmail({ hash, now })
      const rule = 'A token confirms only the address that it was made for'
      expectEqual(await expectUnchanged(storage, account, confirm, rule), { outcome: 'invalid' }, rule)
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: a token for the address in another case is invalid',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const { hash } = await storeToken(storage, user, { email: user.email.toUpperCase() })
      const confirm = () => storage.oneTimeTokens.confirmEmail({ hash, now })
      const rule = 'Addresses are compared byte for byte'
      expectEqual(await expectUnchanged(storage, account, confirm, rule), { outcome: 'invalid' }, rule)
    },
  },
  {
    title: 'oneTimeTokens.confirmEmail: records of other users stay unchanged',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const stranger = await storeAccount(storage)
      const { hash } = account.tokens.confirmEmail
      const confirm = () => storage.oneTimeTokens.confirmEmail({ hash, now: account.now })
      await expectUnchanged(storage, stranger, confirm, 'A confirmation does not affect other users')
    },
  },
]
