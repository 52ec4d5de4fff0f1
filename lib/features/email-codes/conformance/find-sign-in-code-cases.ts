import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import {
  codeProofOf,
  expectCode,
  expectWrong,
  signInOf,
  storeNewcomersCode,
  storeProvenAccount,
  wrongTrialOf,
} from './code-account.js'

/** Cases for finding the code of an address. */
export const findSignInCodeCases: readonly ConformanceCase[] = [
  {
    title: 'signInCodes.find: an address without a code has none',
    async run({ storage }) {
      const { createdAt: now } = await storeNewcomersCode(storage)
      expectEqual(await storage.signInCodes.find({ email: randomEmail(), now }), null, 'There is no code to find')
    },
  },
  {
    title: 'signInCodes.find: a code is expired at exactly expiresAt',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage)
      const { email, expiresAt } = code
      const rule = 'A code is live before its expiry, and no longer from then on'
      expectEqual(await storage.signInCodes.find({ email, now: expiresAt - 1 }), code, rule)
      expectEqual(await storage.signInCodes.find({ email, now: expiresAt }), null, rule)
      expectEqual(await storage.signInCodes.find({ email, now: expiresAt + 1 }), null, rule)
    },
  },
  {
    title: 'signInCodes.find: a code is found with the tries that are left, and not without any',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage, { triesLeft: 3 })
      for (const triesLeft of [2, 1]) {
        await expectWrong(storage, wrongTrialOf(code), 'Another code is wrong')
        await expectCode(storage, code, { ...code, triesLeft }, 'Only the tries change')
      }
      await expectWrong(storage, wrongTrialOf(code), 'Another code is wrong')
      await expectCode(storage, code, null, 'A code without tries left is not live')
    },
  },
  {
    title: 'signInCodes.find: a code that a session has consumed is gone',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { code } = account
      await storage.sessions.open(signInOf(account, [codeProofOf(code)]))
      await expectCode(storage, code, null, 'A code is consumed with its proof')
    },
  },
]
