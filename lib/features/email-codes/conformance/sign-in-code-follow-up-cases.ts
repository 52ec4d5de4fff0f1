import { changeOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import {
  codeProofOf,
  expectCode,
  expectRight,
  expectWrong,
  signInOf,
  storeNewcomersCode,
  storeProvenAccount,
  storeUnprovenAccount,
  trialOf,
} from './code-account.js'

/** Cases for what becomes of codes when their user changes. */
export const signInCodeFollowUpCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: every code of the user is removed, also for other addresses, and those of other users stay',
    async run({ storage }) {
      const [account, other] = [await storeProvenAccount(storage), await storeProvenAccount(storage)]
      const { user, code, now } = account
      const formers = [
        await storeNewcomersCode(storage, { userId: user.id }),
        await storeNewcomersCode(storage, { userId: user.id }),
      ]
      const newcomers = await storeNewcomersCode(storage)
      await storage.users.delete({ userId: user.id, now })
      for (const one of [code, ...formers]) {
        const rule = 'The codes of a user are removed with the user'
        await expectCode(storage, one, null, rule)
        await expectWrong(storage, trialOf(one), rule)
      }
      for (const one of [other.code, newcomers]) await expectCode(storage, one, one, 'Codes of others stay')
    },
  },
  {
    title: 'users.delete: a user who gets the same id and address later has no code',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, code, now } = account
      await storage.users.delete({ userId: user.id, now })
      await storeUser(storage, { id: user.id, email: user.email, createdAt: user.createdAt })
      const answer = await storage.sessions.open(signInOf(account, [codeProofOf(code)]))
      expectEqual(answer, { outcome: 'stale' }, 'Nothing is left of the codes of a deleted user')
    },
  },
  {
    title: 'users.disable: the code stays, and is good when the user is enabled',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, code, now } = account
      const rule = 'A user who is disabled and enabled keeps the code'
      await storage.users.disable({ userId: user.id, now })
      await expectCode(storage, code, code, rule)
      await storage.users.enable({ userId: user.id })
      await expectRight(storage, code, user, rule)
      expectEqual((await storage.sessions.open(signInOf(account, [codeProofOf(code)]))).outcome, 'opened', rule)
    },
  },
  {
    title: 'users.changePassword: the code stays',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      expectOutcome(await storage.users.changePassword(changeOf(account)), 'changed', 'The old hash is right')
      await expectCode(storage, account.code, account.code, 'A changed password leaves the code alone')
    },
  },
  {
    title: 'oneTimeTokens.resetPassword: a code that is right afterwards does not remove the new password',
    features: ['email'],
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      const { tokens, code, now } = account
      const request = { hash: tokens.resetPassword.hash, now, newHash: randomPasswordHash(), messages: [] }
      const { user } = expectOutcome(await storage.oneTimeTokens.resetPassword(request), 'reset', 'The token is live')
      await expectRight(storage, code, user, 'A reset proves the address: a code removes nothing after it')
    },
  },
]
