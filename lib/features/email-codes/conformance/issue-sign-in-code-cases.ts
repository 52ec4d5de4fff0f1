import { expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomMessage, randomUser } from '../../../conformance/random-records.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import {
  expectCode,
  expectRight,
  expectWrong,
  mailOf,
  randomCode,
  storeCode,
  storeNewcomersCode,
  trialOf,
  tries,
  wrongTrialOf,
} from './code-account.js'

/** Cases for storing codes, with their messages. */
export const issueSignInCodeCases: readonly ConformanceCase[] = [
  {
    title: 'signInCodes.issue: the code is stored as given, with and without a user',
    async run({ storage }) {
      const user = await storeUser(storage)
      const rule = 'A code is stored as given'
      for (const code of [randomCode(user), randomCode(randomUser(), { userId: null })]) {
        expectEqual(await storage.signInCodes.issue({ code, messages: [] }), { outcome: 'issued' }, rule)
        await expectCode(storage, code, code, rule)
      }
    },
  },
  {
    title: 'signInCodes.issue: a new code replaces the code of its address, which is wrong from then on',
    async run({ storage }) {
      const user = await storeUser(storage, { emailConfirmedAt: 1_000_000_000_004 })
      const rule = 'An address has at most one code'
      const replaced = [await storeCode(storage, user)]
      for (const userId of [user.id, null, null, user.id]) {
        const code = await storeCode(storage, user, { userId })
        await expectCode(storage, code, code, rule)
        for (const { id, ...old } of replaced) await expectWrong(storage, trialOf({ id, ...old }), rule)
        await expectCode(storage, code, code, 'A replaced code costs the new one no try')
        await expectRight(storage, code, user, rule)
        replaced.push(code)
      }
    },
  },
  {
    title: 'signInCodes.issue: a code without tries left and an expired one are replaced by one with all its tries',
    async run({ storage }) {
      const user = await storeUser(storage)
      const rule = 'A new code replaces any other code of its address'
      const usedUp = await storeCode(storage, user, { triesLeft: 1 })
      await expectWrong(storage, wrongTrialOf(usedUp), rule)
      const second = await storeCode(storage, user)
      await expectCode(storage, second, second, rule)
      await storeCode(storage, user, { expiresAt: user.createdAt })
      const last = await storeCode(storage, user)
      await expectCode(storage, last, { ...last, triesLeft: tries }, rule)
    },
  },
  {
    title: 'signInCodes.issue: the codes of other addresses stay, also those of the same user',
    async run({ storage }) {
      const [user, other] = [await storeUser(storage), await storeUser(storage)]
      const kept = [
        await storeCode(storage, other),
        await storeNewcomersCode(storage),
        await storeNewcomersCode(storage, { userId: user.id }),
      ]
      await storeCode(storage, user)
      for (const code of kept) await expectCode(storage, code, code, 'A code replaces only that of its own address')
    },
  },
  {
    title: 'signInCodes.issue: no record of the user changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const issue = () => storage.signInCodes.issue({ code: randomCode(account.user), messages: [] })
      const rule = 'Every client can request a code for any address'
      expectEqual(await expectUnchanged(storage, account, issue, rule), { outcome: 'issued' }, rule)
    },
  },
  {
    title: 'signInCodes.issue: the messages are stored with the code',
    features: ['email'],
    async run({ storage }) {
      const user = await storeUser(storage)
      const disabled = await storeUser(storage)
      await storage.users.disable({ userId: disabled.id, now: disabled.createdAt })
      for (const one of [user, disabled]) {
        const messages = mailOf(one)
        await storage.signInCodes.issue({ code: randomCode(one), messages })
        const rule = 'The code is mailed in the same step'
        await expectWaiting(storage, { offered: messages, waiting: messages, now: one.createdAt }, rule)
      }
    },
  },
  {
    title: 'signInCodes.issue: without a user the messages are stored, too',
    features: ['email'],
    async run({ storage }) {
      const user = randomUser()
      const messages = [randomMessage(user, { userId: null }), randomMessage(user, { userId: null })]
      await storage.signInCodes.issue({ code: randomCode(user, { userId: null }), messages })
      const rule = 'A newcomer is mailed a code'
      await expectWaiting(storage, { offered: messages, waiting: messages, now: user.createdAt }, rule)
    },
  },
  {
    title: 'signInCodes.issue: for a deleted user the code is stored, and its messages are not',
    features: ['email'],
    async run({ storage }) {
      const user = await storeUser(storage)
      await storage.users.delete({ userId: user.id, now: user.createdAt })
      const [code, messages] = [randomCode(user), mailOf(user)]
      const rule = 'A message about a deleted user is not stored'
      expectEqual(await storage.signInCodes.issue({ code, messages }), { outcome: 'issued' }, rule)
      await expectWaiting(storage, { offered: messages, waiting: [], now: user.createdAt }, rule)
      await expectCode(storage, code, code, rule)
      await expectRight(storage, code, null, rule)
    },
  },
]
