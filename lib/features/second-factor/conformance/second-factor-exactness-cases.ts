import { randomUUID } from 'node:crypto'
import { openingOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomMessage, randomSession, randomWord } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { RecoveryCodeHash } from '../port.js'
import {
  confirmationOf,
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  randomFactor,
  recoveryCodeProof,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from './protected-account.js'
import { beside } from './proven-methods.js'

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function illFormedCases(content: string, character: string): readonly ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected`
  return [
    {
      title: `exactness: an authenticator app with ${content} is rejected and replaces nothing`,
      async run({ storage }) {
        const account = await storeAccount(storage)
        const { user, sessions, now } = account
        await storeFactor(storage, account)
        const factor = randomFactor(user, { sealedSecret: text })
        const asking = { sessionId: sessions[0].id, now }
        const start = () => expectRejection(storage.secondFactors.startTotp({ factor, asking }), rule)
        await expectNothingWritten(storage, account, start, 'An app is replaced completely or not at all')
      },
    },
    {
      title: `exactness: recovery codes with ${content} are rejected together with their step`,
      async run({ storage }) {
        const recoveryCodes = [randomWord(), text] as RecoveryCodeHash[]
        const enrolling = await storeAccount(storage)
        const request = confirmationOf(enrolling, await storeFactor(storage, enrolling), { recoveryCodes })
        const confirm = () => expectRejection(storage.secondFactors.confirmTotp(request), rule)
        await expectNothingWritten(storage, enrolling, confirm, 'An app is confirmed with its codes or not at all')
        const account = await storeProtectedAccount(storage)
        const { user, sessions, now } = account
        const asking = { sessionId: sessions[0].id, now }
        const renewal = { userId: user.id, recoveryCodes, asking, messages: [] }
        const renew = () => expectRejection(storage.secondFactors.renewRecoveryCodes(renewal), rule)
        await expectNothingWritten(storage, account, renew, 'Codes are replaced completely or not at all')
      },
    },
    {
      title: `exactness: a sign-in with ${content} is rejected and uses no proof`,
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { user, now } = account
        const session = randomSession(user, { userAgent: text, createdAt: now })
        const sealed = totpProofOf(account, 1, { sealedSecret: text })
        for (const request of [
          openingOf(account, { session, proofs: beside(account, totpProofOf(account)) }),
          openingOf(account, { proofs: beside(account, sealed) }),
        ]) {
          const open = () => expectRejection(storage.sessions.open(request), rule)
          await expectNothingWritten(storage, account, open, 'A sign-in is written completely or not at all')
        }
        const proofs = beside(account, totpProofOf(account))
        const { outcome } = await storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(outcome, 'opened', 'The proof of a rejected call is good until it is used')
      },
    },
    {
      title: `exactness: a message with ${content} is rejected together with its change of second factors`,
      features: ['email'],
      async run({ storage }) {
        const account = await storeProtectedAccount(storage)
        const { user, sessions, now } = account
        const messages = [randomMessage(user), randomMessage(user, { sealed: text })]
        const asking = { sessionId: sessions[0].id, now }
        const remove = () =>
          expectRejection(storage.secondFactors.removeTotp({ userId: user.id, asking, now, messages }), rule)
        await expectNothingWritten(storage, account, remove, 'An app is removed with its messages or not at all')
        const clear = () => expectRejection(storage.secondFactors.clear({ userId: user.id, now, messages }), rule)
        await expectNothingWritten(storage, account, clear, 'Factors are removed with the messages or not at all')
      },
    },
  ]
}

/** Cases for second factors that must come back exactly, and for texts that are compared byte for byte. */
export const secondFactorExactnessCases: readonly ConformanceCase[] = [
  {
    title: 'exactness: a recovery code that differs in case or in a trailing blank is another code',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const hash = `${randomWord()}a` as RecoveryCodeHash
      const similar = hash.toUpperCase() as RecoveryCodeHash
      const factor = await storeFactor(storage, account)
      const recoveryCodes = [hash, `${hash} ` as RecoveryCodeHash]
      await storage.secondFactors.confirmTotp(confirmationOf(account, factor, { recoveryCodes }))
      for (const [outcome, code] of [
        ['spent', similar],
        ['opened', hash],
        ['spent', hash],
        ['opened', `${hash} ` as RecoveryCodeHash],
      ] as const) {
        const proofs = beside(account, recoveryCodeProof(code))
        const answer = await storage.sessions.open(openingOf(account, { proofs }))
        expectEqual(answer.outcome, outcome, 'Recovery codes are compared byte for byte')
      }
    },
  },
  {
    title: 'exactness: two users can have a recovery code with one hash',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeAccount(storage)
      const { recoveryCodes } = account
      const request = confirmationOf(other, await storeFactor(storage, other), { recoveryCodes })
      await storage.secondFactors.confirmTotp(request)
      const rule = 'Recovery codes belong to a user'
      const proofs = beside(other, recoveryCodeProof(recoveryCodes[0] as RecoveryCodeHash))
      expectEqual((await storage.sessions.open(openingOf(other, { proofs }))).outcome, 'opened', rule)
      await expectFactors(storage, account, factorsOf(account), rule)
    },
  },
  {
    title: 'exactness: the id of an app that differs in case is another app',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const factor = await storeFactor(storage, account, { id: `a${randomUUID().slice(1)}` })
      const similar = { ...factor, id: factor.id.toUpperCase() }
      const rule = 'Ids are compared byte for byte'
      const confirm = () => storage.secondFactors.confirmTotp(confirmationOf(account, similar))
      expectEqual(await expectNothingWritten(storage, account, confirm, rule), { outcome: 'stale' }, rule)
    },
  },
  {
    title: 'exactness: a sealed secret of 1,000 characters comes back whole',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const sealedSecret = `${'Ab1/+.-_'.repeat(125)}`
      const totp = await storeFactor(storage, account, { sealedSecret })
      const rule = 'A long secret is not truncated'
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 0 }, rule)
    },
  },
  {
    title: 'exactness: the step 0 and the instant 0 of an app are not null',
    async run({ storage }) {
      const account = await storeAccount(storage, { createdAt: 0 })
      const started = await storeFactor(storage, account, { createdAt: 0 })
      await expectFactors(storage, account, { totp: started, recoveryCodesLeft: 0 }, 'The instant 0 comes back as 0')
      await storage.secondFactors.confirmTotp(confirmationOf(account, started, { now: 0, step: 0 }))
      const asked = { totp: { ...started, confirmedAt: 0, lastStep: 0 }, recoveryCodesLeft: 3 }
      await expectFactors(storage, account, asked, 'The step 0 and the instant 0 come back as 0')
      const proofs = beside(account, { kind: 'totp', factorId: started.id, step: 0 })
      const { outcome } = await storage.sessions.open(openingOf(account, { proofs }))
      expectEqual(outcome, 'spent', 'The step 0 can be spent')
    },
  },
  {
    title: 'exactness: a user without recovery codes can have a confirmed app',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      const factor = await storeFactor(storage, account)
      const request = confirmationOf(account, factor, { recoveryCodes: [] })
      const rule = 'An empty list of recovery codes is stored as it is'
      await storage.secondFactors.confirmTotp(request)
      const totp = { ...factor, confirmedAt: now, lastStep: request.step }
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 0 }, rule)
      const asking = { sessionId: sessions[0].id, now }
      const renewal = { userId: user.id, recoveryCodes: [], asking, messages: [] }
      expectEqual(await storage.secondFactors.renewRecoveryCodes(renewal), { outcome: 'renewed' }, rule)
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 0 }, rule)
    },
  },
  {
    title: 'exactness: changing a returned app does not change the stored one',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { totp } = await storage.secondFactors.find({ userId: account.user.id })
      Reflect.set(Object(totp), 'lastStep', null)
      await expectFactors(storage, account, factorsOf(account), 'A returned record is a copy')
      const enrolling = await storeAccount(storage)
      const started = await storeFactor(storage, enrolling)
      const asked = { totp: structuredClone(started), recoveryCodesLeft: 0 }
      Reflect.set(started, 'sealedSecret', 'overwritten')
      await expectFactors(storage, enrolling, asked, 'A record in a request is copied')
      await storage.secondFactors.clear({ userId: enrolling.user.id, now: enrolling.now, messages: [] })
      expectEqual(await storage.secondFactors.find({ userId: enrolling.user.id }), none, 'Nothing is left')
    },
  },
  ...illFormedCases('U+0000', '\0'),
  ...illFormedCases('a lone surrogate', '\ud800'),
]
