import { randomUUID } from 'node:crypto'
import { expectState, stateOf } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'
import {
  codeProofOf,
  expectCode,
  expectNothingWritten,
  expectRight,
  expectWrong,
  signInOf,
  storeCode,
  storeNewcomersCode,
  storeProvenAccount,
  storeUnprovenAccount,
  trialOf,
  tries,
  wrongTrialOf,
} from './code-account.js'

/** Cases for presenting codes: right and wrong ones, and how many. */
export const trySignInCodeCases: readonly ConformanceCase[] = [
  {
    title: 'signInCodes.tryCode: a right code costs no try, stays live, and is right again',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, code } = account
      const rule = 'Only the proof consumes a right code'
      for (let trial = 0; trial <= tries; trial++) await expectRight(storage, code, user, rule)
      await expectCode(storage, code, code, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a wrong code costs one try',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, code } = account
      const rule = 'A wrong code reduces triesLeft by one, and changes nothing else'
      for (let triesLeft = tries - 1; triesLeft > 0; triesLeft--) {
        await expectWrong(storage, wrongTrialOf(code), rule)
        await expectCode(storage, code, { ...code, triesLeft }, rule)
      }
      await expectRight(storage, code, user, 'A right code is right with the last try')
      await expectCode(storage, code, { ...code, triesLeft: 1 }, 'A right code costs no try')
    },
  },
  {
    title: 'signInCodes.tryCode: without a try left the right code is wrong',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { code } = account
      for (let trial = 0; trial < tries; trial++)
        await expectWrong(storage, wrongTrialOf(code), 'Another code is wrong')
      const rule = 'A code that was guessed too often is no longer valid'
      for (const trial of [trialOf(code), wrongTrialOf(code), trialOf(code)]) await expectWrong(storage, trial, rule)
      await expectCode(storage, code, null, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a wrong code costs other addresses no try',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage)
      const others = [await storeNewcomersCode(storage), (await storeProvenAccount(storage)).code]
      for (let trial = 0; trial < tries; trial++)
        await expectWrong(storage, wrongTrialOf(code), 'Another code is wrong')
      for (const other of others) await expectCode(storage, other, other, 'Each code has tries of its own')
    },
  },
  {
    title: 'signInCodes.tryCode: a code is expired at exactly expiresAt',
    async run({ storage }) {
      const code = await storeNewcomersCode(storage)
      const { email, expiresAt } = code
      const rule = 'A code is live before its expiry, and no longer from then on'
      for (const now of [expiresAt, expiresAt + 1]) await expectWrong(storage, trialOf(code, { now }), rule)
      const answer = await storage.signInCodes.tryCode(trialOf(code, { now: expiresAt - 1 }))
      const nothingRemoved = { isProvenNow: false, revokedSessionIds: [] }
      expectEqual(answer, { outcome: 'right', email, user: null, ...nothingRemoved }, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: an unknown id is wrong, and costs no try',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { code } = account
      const rule = 'A code is found by its id alone'
      for (const codeId of [randomUUID(), account.user.id, code.email])
        await expectWrong(storage, trialOf(code, { codeId }), rule)
      await expectCode(storage, code, code, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: the hash of another code is wrong, and costs a try',
    async run({ storage }) {
      const [code, other] = [await storeNewcomersCode(storage), await storeNewcomersCode(storage)]
      const rule = 'A code is right only for the client that requested it'
      await expectWrong(storage, trialOf(code, { hash: other.hash }), rule)
      await expectCode(storage, code, { ...code, triesLeft: tries - 1 }, rule)
      await expectCode(storage, other, other, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a code that a session has consumed is wrong',
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { code } = account
      await storage.sessions.open(signInOf(account, [codeProofOf(code)]))
      for (const trial of [trialOf(code), wrongTrialOf(code)])
        await expectWrong(storage, trial, 'A code is good for one session')
    },
  },
  {
    title: 'signInCodes.tryCode: the user is the one who has the address now',
    async run({ storage }) {
      const rule = 'The address decides who the user is'
      const code = await storeNewcomersCode(storage)
      await expectRight(storage, code, null, rule)
      const proven = { emailConfirmedAt: code.createdAt }
      const user = await storeUser(storage, { email: code.email, createdAt: code.createdAt, ...proven })
      await expectRight(storage, code, user, rule)
      const other = await storeUser(storage, proven)
      const misdirected = await storeCode(storage, other, { userId: user.id })
      await expectRight(storage, misdirected, other, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a user who has changed the address since is not the user of the code',
    features: ['email'],
    async run({ storage }) {
      const account = await storeProvenAccount(storage)
      const { user, tokens, code, now } = account
      await storage.oneTimeTokens.changeEmail({ hash: tokens.changeEmail.hash, now })
      const rule = 'A code proves the address that it was mailed to, and no other'
      await expectRight(storage, code, null, rule)
      const next = await storeUser(storage, { email: user.email, emailConfirmedAt: user.createdAt })
      await expectRight(storage, code, next, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a wrong code proves nothing, and removes nothing',
    async run({ storage }) {
      const account = await storeUnprovenAccount(storage)
      const { code } = account
      const before = await stateOf(storage, account)
      const rule = 'Only a right code proves the address'
      for (let trial = 0; trial < tries; trial++) await expectWrong(storage, wrongTrialOf(code), rule)
      await expectWrong(storage, trialOf(code), rule)
      await expectWrong(storage, trialOf(await storeCode(storage, account.user), { now: code.expiresAt }), rule)
      await expectState(storage, account, before, rule)
    },
  },
  {
    title: 'signInCodes.tryCode: a disabled user is in the answer, and nothing of theirs is removed',
    async run({ storage }) {
      const [unproven, proven] = [await storeAccount(storage), await storeAccount(storage, { emailConfirmedAt: 1 })]
      for (const account of [unproven, proven]) {
        const user = { ...account.user, disabledAt: account.now }
        await storage.users.disable({ userId: user.id, now: account.now })
        const code = await storeCode(storage, user, { userId: null })
        const rule = 'A right code changes nothing of a disabled user'
        const tryIt = () => expectRight(storage, code, user, rule)
        await expectNothingWritten(storage, account, tryIt, rule)
      }
    },
  },
]
