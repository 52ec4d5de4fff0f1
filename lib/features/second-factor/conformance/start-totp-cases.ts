import { randomUUID } from 'node:crypto'
import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import {
  confirmationOf,
  expectFactors,
  expectNothingWritten,
  factorsOf,
  none,
  randomFactor,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'

/** Cases for setting up an authenticator app, and for finding second factors. */
export const startTotpCases: readonly ConformanceCase[] = [
  ...askingCases({
    'secondFactors.startTotp': {
      granted: 'started',
      ask: ({ secondFactors }, { user }, asking) => secondFactors.startTotp({ factor: randomFactor(user), asking }),
    },
  }),
  {
    title: 'secondFactors.find: a user without second factors, and an unknown one, have none',
    async run({ storage }) {
      await storeProtectedAccount(storage)
      const account = await storeAccount(storage)
      await expectFactors(storage, account, none, 'A new user has no second factor')
      expectEqual(await storage.secondFactors.find({ userId: randomUUID() }), none, 'No user has this id')
    },
  },
  {
    title: 'secondFactors.find: a confirmed app is found with the number of recovery codes',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const other = await storeProtectedAccount(storage)
      const rule = 'Each user has their own app and recovery codes'
      await expectFactors(storage, account, factorsOf(account), rule)
      await expectFactors(storage, other, factorsOf(other), rule)
    },
  },
  {
    title: 'secondFactors.startTotp: the app is found exactly as written, and nothing else changes',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const factor = randomFactor(account.user)
      const asking = { sessionId: account.sessions[0].id, now: account.now }
      const { user, now } = account
      const list = () => storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
      const sessions = await list()
      const answer = await storage.secondFactors.startTotp({ factor, asking })
      const rule = 'An app that is not confirmed is stored, and changes nothing else'
      expectEqual(answer, { outcome: 'started' }, rule)
      await expectFactors(storage, account, { totp: factor, recoveryCodesLeft: 0 }, rule)
      expectEqual(await list(), sessions, rule)
      expectEqual(await storage.users.find({ userId: user.id }), user, rule)
    },
  },
  {
    title: 'secondFactors.startTotp: an app that is not confirmed is replaced, even if it has expired',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user } = account
      const first = await storeFactor(storage, account)
      const expired = await storeFactor(storage, account, { expiresAt: user.createdAt })
      await expectFactors(storage, account, { totp: expired, recoveryCodesLeft: 0 }, 'An expired app is found too')
      const last = await storeFactor(storage, account)
      const rule = 'A user has at most one app, the last one'
      await expectFactors(storage, account, { totp: last, recoveryCodesLeft: 0 }, rule)
      for (const replaced of [first, expired]) {
        const confirmation = await storage.secondFactors.confirmTotp(confirmationOf(account, replaced))
        expectEqual(confirmation, { outcome: 'stale' }, rule)
      }
      const confirmation = await storage.secondFactors.confirmTotp(confirmationOf(account, last))
      expectOutcome(confirmation, 'confirmed', rule)
    },
  },
  {
    title: 'secondFactors.startTotp: a confirmed app is alreadySet and nothing is written',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const asking = { sessionId: sessions[0].id, now }
      const start = () => storage.secondFactors.startTotp({ factor: randomFactor(user), asking })
      const rule = 'A confirmed app must be removed first'
      expectEqual(await expectNothingWritten(storage, account, start, rule), { outcome: 'alreadySet' }, rule)
    },
  },
  {
    title: 'secondFactors.startTotp: sessionEnded comes before alreadySet',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const { user, now } = account
      const start = () =>
        storage.secondFactors.startTotp({ factor: randomFactor(user), asking: { sessionId: randomUUID(), now } })
      const rule = 'Only a live session learns about the second factors'
      expectEqual(await expectNothingWritten(storage, account, start, rule), { outcome: 'sessionEnded' }, rule)
    },
  },
  {
    title: 'secondFactors.startTotp: for a deleted user the answer is sessionEnded and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, sessions, now } = account
      await storage.users.delete({ userId: user.id, now })
      const asking = { sessionId: sessions[0].id, now }
      const answer = await storage.secondFactors.startTotp({ factor: randomFactor(user), asking })
      const rule = 'The sessions were deleted with the user'
      expectEqual(answer, { outcome: 'sessionEnded' }, rule)
      await expectFactors(storage, account, none, rule)
    },
  },
]
