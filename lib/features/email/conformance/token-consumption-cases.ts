import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomTokenHash } from '../../../conformance/random-records.js'
import { storeAccount, storeToken } from '../../../conformance/stored-records.js'
import type { OneTimeTokenPurpose } from '../../../storage/records.js'
import { consumed, consumeToken, purposes } from './consume-token.js'

const invalid = { outcome: 'invalid' }

/** Cases for all methods that consume a token. */
function casesOf(method: OneTimeTokenPurpose): ConformanceCase[] {
  return [
    {
      title: `oneTimeTokens.${method}: a token is consumed in the last millisecond before expiresAt`,
      async run({ storage }) {
        const { tokens } = await storeAccount(storage)
        const { hash, expiresAt } = tokens[method]
        const { outcome } = await consumeToken(storage, method, { hash, now: expiresAt - 1 })
        expectEqual(outcome, consumed[method], 'A token is live while now < expiresAt')
      },
    },
    {
      title: `oneTimeTokens.${method}: at exactly expiresAt the token is invalid and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { hash, expiresAt } = account.tokens[method]
        const consume = () => consumeToken(storage, method, { hash, now: expiresAt })
        const rule = 'A token is expired from expiresAt on'
        expectEqual(await expectUnchanged(storage, account, consume, rule), invalid, rule)
      },
    },
    {
      title: `oneTimeTokens.${method}: a token that was used is invalid and nothing more is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { now } = account
        const { hash } = account.tokens[method]
        await consumeToken(storage, method, { hash, now })
        const consume = () => consumeToken(storage, method, { hash, now: now + 1 })
        const rule = 'A token works once'
        expectEqual(await expectUnchanged(storage, account, consume, rule), invalid, rule)
      },
    },
    {
      title: `oneTimeTokens.${method}: a superseded token is invalid and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { now } = account
        const { hash, email } = account.tokens[method]
        await storeToken(storage, account.user, { purpose: method, email })
        const consume = () => consumeToken(storage, method, { hash, now })
        const rule = 'Only the newest token of a purpose works'
        expectEqual(await expectUnchanged(storage, account, consume, rule), invalid, rule)
      },
    },
    {
      title: `oneTimeTokens.${method}: an unknown token is invalid and nothing is written`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const consume = () => consumeToken(storage, method, { hash: randomTokenHash(), now: account.now })
        const rule = 'No token has a new random hash'
        expectEqual(await expectUnchanged(storage, account, consume, rule), invalid, rule)
      },
    },
    ...purposes.filter(purpose => purpose !== method).map(purpose => wrongPurposeCase(method, purpose)),
  ]
}

function wrongPurposeCase(method: OneTimeTokenPurpose, purpose: OneTimeTokenPurpose): ConformanceCase {
  return {
    title: `oneTimeTokens.${method}: a ${purpose} token is invalid, and stays valid for its own method`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const presented = { hash: account.tokens[purpose].hash, now: account.now }
      const rule = `A ${purpose} token is invalid for ${method}`
      const misuse = () => consumeToken(storage, method, presented)
      expectEqual(await expectUnchanged(storage, account, misuse, rule), invalid, rule)
      const { outcome } = await consumeToken(storage, purpose, presented)
      expectEqual(outcome, consumed[purpose], 'The wrong method does not consume the token')
    },
  }
}

/** Cases for consuming mailed tokens: once, before expiry, and for their own purpose. */
export const tokenConsumptionCases: readonly ConformanceCase[] = purposes.flatMap(casesOf)
