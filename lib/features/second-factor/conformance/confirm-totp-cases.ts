import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { openingOf, rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { dayMilliseconds } from '../../../conformance/random-records.js'
import { inFeedOrder, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount, storeSession } from '../../../conformance/stored-records.js'
import type { ConfirmTotp, TotpFactorRecord } from '../port.js'
import {
  confirmationOf,
  expectFactors,
  expectNothingWritten,
  randomRecoveryCodes,
  recoveryCodeProof,
  storeFactor,
  storeProtectedAccount,
} from './protected-account.js'
import { beside } from './proven-methods.js'

/** An account whose app waits for its confirmation. */
async function storeEnrolling(storage: Storage, overrides: Partial<TotpFactorRecord> = {}) {
  const account = await storeAccount(storage)
  return { account, factor: await storeFactor(storage, account, overrides) }
}

async function confirm(storage: Storage, request: ConfirmTotp) {
  const answer = await storage.secondFactors.confirmTotp(request)
  return expectOutcome(answer, 'confirmed', 'An app that waits for its confirmation is confirmed')
}

async function expectRefused(
  storage: Storage,
  account: Account,
  request: ConfirmTotp,
  outcome: 'stale' | 'sessionEnded',
  rule: string,
): Promise<void> {
  const attempt = () => storage.secondFactors.confirmTotp(request)
  expectEqual(await expectNothingWritten(storage, account, attempt, rule), { outcome }, rule)
}

/** Cases for confirming an authenticator app with its first code. */
export const confirmTotpCases: readonly ConformanceCase[] = [
  {
    title:
      'secondFactors.confirmTotp: the app is confirmed at this instant, its step is spent and the codes are stored',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const request = confirmationOf(account, factor, { recoveryCodes: randomRecoveryCodes(10) })
      await confirm(storage, request)
      const totp = { ...factor, confirmedAt: account.now, lastStep: request.step }
      await expectFactors(storage, account, { totp, recoveryCodesLeft: 10 }, 'The app is a second factor from now on')
    },
  },
  {
    title: 'secondFactors.confirmTotp: each of the new recovery codes is good once',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const recoveryCodes = randomRecoveryCodes(10)
      await confirm(storage, confirmationOf(account, factor, { recoveryCodes }))
      for (const outcome of ['opened', 'spent'])
        for (const hash of recoveryCodes) {
          const proofs = beside(account, recoveryCodeProof(hash))
          const answer = await storage.sessions.open(openingOf(account, { proofs }))
          expectEqual(answer.outcome, outcome, 'A recovery code is accepted once')
        }
    },
  },
  {
    title: 'secondFactors.confirmTotp: the requesting session goes on two generations later, with a second factor',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const { user, sessions, now } = account
      const [first, ...others] = sessions
      await storage.sessions.rotate(rotationOf(account, { generation: 6 }))
      const request = confirmationOf(account, factor)
      const answer = await confirm(storage, request)
      const proven = { methods: ['password', 'totp'], authenticatedAt: now }
      const session = { ...first, ...proven, generation: 9, rotatedAt: now, expiresAt: request.idleExpiresAt }
      const rule = 'The code is a proof of the requesting session'
      const revokedSessionIds = sorted(others.map(({ id }) => id))
      const asked = { outcome: 'confirmed', user, session, revokedSessionIds }
      expectEqual({ ...answer, revokedSessionIds: sorted(answer.revokedSessionIds) }, asked, rule)
      expectEqual(await storage.sessions.find({ sessionId: first.id, now }), session, rule)
    },
  },
  {
    title: 'secondFactors.confirmTotp: the requesting session never outlives its absoluteExpiresAt',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const idleExpiresAt = account.now + 2 * dayMilliseconds
      const { session } = await confirm(storage, confirmationOf(account, factor, { idleExpiresAt }))
      const rule = 'expiresAt is the earlier one of idleExpiresAt and absoluteExpiresAt'
      expectEqual(session.expiresAt, account.sessions[0].absoluteExpiresAt, rule)
      expectEqual(await storage.sessions.find({ sessionId: session.id, now: account.now }), session, rule)
    },
  },
  {
    title: 'secondFactors.confirmTotp: the previous generation gets no grace: presenting it ends the session',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const { session } = await confirm(storage, confirmationOf(account, factor))
      const rule = 'An older refresh token never yields the tokens of a session with a second factor'
      expectEqual(await storage.sessions.rotate(rotationOf(account)), { outcome: 'reused', session }, rule)
    },
  },
  {
    title: 'secondFactors.confirmTotp: every other session of the user is revoked and in the feed',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const { user, sessions, apiKeys, now } = account
      const { session } = await confirm(storage, confirmationOf(account, factor))
      const revocations = inFeedOrder(sessions.slice(1).map(one => sessionLine(one, now)))
      const asked = { user, sessions: [session, null, null], apiKeys, revocations }
      await expectState(storage, account, asked, 'Sessions without the second factor end, and nothing else')
    },
  },
  {
    title: 'secondFactors.confirmTotp: an address change stays only if the requesting session requested it',
    features: ['email'],
    async run({ storage }) {
      const rule = 'Only the address change of the kept session stays'
      for (const index of [0, 1] as const) {
        const { account, factor } = await storeEnrolling(storage)
        const { tokens, sessions } = account
        await confirm(storage, confirmationOf(account, factor, { sessionId: sessions[index].id }))
        const changeEmail = index === 0 ? tokens.changeEmail : null
        await expectState(storage, account, { tokens: { ...tokens, changeEmail } }, rule)
      }
    },
  },
  {
    title: 'secondFactors.confirmTotp: records of other users stay unchanged',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const other = await storeEnrolling(storage)
      const rule = 'A confirmation does not affect other users'
      await expectUnchanged(storage, other.account, () => confirm(storage, confirmationOf(account, factor)), rule)
      await expectFactors(storage, other.account, { totp: other.factor, recoveryCodesLeft: 0 }, rule)
    },
  },
  {
    title: 'secondFactors.confirmTotp: an app can be confirmed until the last millisecond before its expiresAt',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const now = factor.expiresAt
      const late = confirmationOf(account, factor, { now })
      await expectRefused(storage, account, late, 'stale', 'From expiresAt on, an app can no longer be confirmed')
      await confirm(storage, { ...late, now: now - 1 })
    },
  },
  {
    title: 'secondFactors.confirmTotp: a confirmed app is stale and nothing is written',
    async run({ storage }) {
      const account = await storeProtectedAccount(storage)
      const request = confirmationOf(account, account.factor)
      await expectRefused(storage, account, request, 'stale', 'An app is confirmed once')
    },
  },
  {
    title: 'secondFactors.confirmTotp: an unknown and another user’s app is stale and nothing is written',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const other = await storeEnrolling(storage)
      const rule = 'A user confirms only the app that waits for them'
      for (const id of [randomUUID(), other.factor.id])
        await expectRefused(storage, account, confirmationOf(account, { ...factor, id }), 'stale', rule)
      const without = await storeAccount(storage)
      for (const id of [randomUUID(), factor.id])
        await expectRefused(storage, without, confirmationOf(without, { ...factor, id }), 'stale', rule)
    },
  },
  {
    title: 'secondFactors.confirmTotp: for a deleted user the answer is stale',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      await storage.users.delete({ userId: account.user.id, now: account.now })
      const rule = 'The app was deleted with its user'
      await expectRefused(storage, account, confirmationOf(account, factor), 'stale', rule)
    },
  },
  {
    title:
      'secondFactors.confirmTotp: a session that is not a live one of the user is sessionEnded, nothing is written',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const { user, now } = account
      const expired = await storeSession(storage, user, { expiresAt: now })
      const revoked = await storeSession(storage, user)
      await storage.sessions.revoke({ sessionId: revoked.id, now })
      const other = await storeAccount(storage, { createdAt: user.createdAt })
      const rule = 'Only a live session of the user confirms an app'
      for (const sessionId of [expired.id, revoked.id, other.sessions[0].id, randomUUID()])
        await expectRefused(storage, account, confirmationOf(account, factor, { sessionId }), 'sessionEnded', rule)
      const found = await storage.sessions.find({ sessionId: other.sessions[0].id, now })
      expectEqual(found, other.sessions[0], 'Another user’s session stays unchanged')
    },
  },
  {
    title: 'secondFactors.confirmTotp: stale comes before sessionEnded',
    async run({ storage }) {
      const { account, factor } = await storeEnrolling(storage)
      const [sessionId, factorId] = [randomUUID(), randomUUID()]
      const request = confirmationOf(account, factor, { sessionId, factorId })
      await expectRefused(storage, account, request, 'stale', 'The app is checked before the session')
    },
  },
]
