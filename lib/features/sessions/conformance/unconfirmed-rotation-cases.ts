import { randomUUID } from 'node:crypto'
import { rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { RotateSession } from '../port.js'

const unconfirmed = { outcome: 'unconfirmed' }

function demandingRotationOf(account: Account, overrides: Partial<RotateSession> = {}): RotateSession {
  return rotationOf(account, { requireConfirmedEmail: true, recordSuperseded: true, ...overrides })
}

function refusalCase(token: string, generation: number): ConformanceCase {
  return {
    title: `sessions.rotate: with requireConfirmedEmail ${token} of an unconfirmed address is unconfirmed and writes nothing`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account, { generation })
      const rule = 'An unconfirmed address is not rotated if confirmation is required'
      const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
      expectEqual(rotation, unconfirmed, rule)
    },
  }
}

function unknownCase(session: string, differ: (account: Account) => Partial<RotateSession>): ConformanceCase {
  return {
    title: `sessions.rotate: with requireConfirmedEmail ${session} of an unconfirmed address is unknown, not unconfirmed`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account, differ(account))
      const rule = 'Only live sessions reveal whether the address is confirmed'
      const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
      expectEqual(rotation, { outcome: 'unknown' }, rule)
    },
  }
}

/** Cases for refreshing if the address must be confirmed. */
export const unconfirmedRotationCases: readonly ConformanceCase[] = [
  refusalCase('the current generation', 0),
  refusalCase('a generation ahead of the store', 6),
  unknownCase('an expired session', ({ sessions }) => ({ now: sessions[0].expiresAt })),
  unknownCase('an id without a session', () => ({ sessionId: randomUUID() })),
  {
    title:
      'sessions.rotate: with requireConfirmedEmail a retry for an unconfirmed address is unconfirmed and writes nothing',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await storage.sessions.rotate(rotationOf(account))
      const request = demandingRotationOf(account)
      const rule = 'A retry is refused like the rotation that it repeats'
      const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
      expectEqual(rotation, unconfirmed, rule)
    },
  },
  {
    title:
      'sessions.rotate: with requireConfirmedEmail a copied token ends the session, even if the address is unconfirmed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [first, ...others] = account.sessions
      await storage.sessions.rotate(rotationOf(account, { generation: 5 }))
      const request = demandingRotationOf(account, { generation: 2 })
      const rule = 'Reuse is detected before the address is checked'
      expectOutcome(await storage.sessions.rotate(request), 'reused', rule)
      const revocations = [sessionLine(first, request.now)]
      await expectState(storage, account, { sessions: [null, ...others], revocations }, rule)
    },
  },
  {
    title: 'sessions.rotate: with requireConfirmedEmail a confirmed address is rotated and repeated as usual',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: 0 })
      const request = demandingRotationOf(account)
      const { generation, now, idleExpiresAt: expiresAt } = request
      const session = { ...account.sessions[0], generation: generation + 1, rotatedAt: now, expiresAt }
      const { user } = account
      const rule = 'A confirmed address suffices, at any time of confirmation'
      expectEqual(await storage.sessions.rotate(request), { outcome: 'rotated', session, user }, rule)
      expectEqual(await storage.sessions.rotate(request), { outcome: 'repeated', session, user }, rule)
    },
  },
  {
    title: 'sessions.rotate: with requireConfirmedEmail a refused generation is rotated once the address is confirmed',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account)
      expectEqual(await storage.sessions.rotate(request), unconfirmed, 'The address is not confirmed yet')
      const { user, now } = account
      await storage.users.markEmailConfirmed({ userId: user.id, email: user.email, now })
      const rotation = expectOutcome(
        await storage.sessions.rotate(request),
        'rotated',
        'A refusal does not use up the generation',
      )
      expectEqual(rotation.session.generation, 1, 'A refusal does not use up the generation')
    },
  },
]
