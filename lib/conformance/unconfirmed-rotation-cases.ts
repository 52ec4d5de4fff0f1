import { randomUUID } from 'node:crypto'
import type { RotateSession } from '../storage/storage.js'
import { expectState, expectUnchanged } from './account-state.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual, expectOutcome } from './contract.js'
import { sessionLine } from './revocation-feed.js'
import { rotationOf } from './rotation-cases.js'
import { type Account, storeAccount } from './stored-records.js'

const unconfirmed = { outcome: 'unconfirmed' }

function demandingRotationOf(account: Account, overrides: Partial<RotateSession> = {}): RotateSession {
  return rotationOf(account, { requireConfirmedEmail: true, recordSuperseded: true, ...overrides })
}

function refusalCase(token: string, generation: number): ConformanceCase {
  return {
    title: `sessions.rotate: with requireConfirmedEmail ${token} of an unproven address is unconfirmed and writes nothing`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account, { generation })
      const rule = 'An address that is not proven rotates nothing where the proof is required'
      const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
      expectEqual(rotation, unconfirmed, rule)
    },
  }
}

function unknownCase(session: string, differ: (account: Account) => Partial<RotateSession>): ConformanceCase {
  return {
    title: `sessions.rotate: with requireConfirmedEmail ${session} of an unproven address is unknown, not unconfirmed`,
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account, differ(account))
      const rule = 'Whether an address is proven is told of live sessions only'
      const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
      expectEqual(rotation, { outcome: 'unknown' }, rule)
    },
  }
}

/** Refreshing where the address must be proven. */
export const unconfirmedRotationCases: readonly ConformanceCase[] = [
  refusalCase('the current generation', 0),
  refusalCase('a generation ahead of the store', 6),
  unknownCase('an expired session', ({ sessions }) => ({ now: sessions[0].expiresAt })),
  unknownCase('a session that never was', () => ({ sessionId: randomUUID() })),
  {
    title:
      'sessions.rotate: with requireConfirmedEmail a retry for an unproven address is unconfirmed and writes nothing',
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
    title: 'sessions.rotate: with requireConfirmedEmail a copied token ends the session, proven address or not',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const [first, ...others] = account.sessions
      await storage.sessions.rotate(rotationOf(account, { generation: 5 }))
      const request = demandingRotationOf(account, { generation: 2 })
      const rule = 'A reuse comes before the question whether the address is proven'
      expectOutcome(await storage.sessions.rotate(request), 'reused', rule)
      const revocations = [sessionLine(first, request.now)]
      await expectState(storage, account, { sessions: [null, ...others], revocations }, rule)
    },
  },
  {
    title: 'sessions.rotate: with requireConfirmedEmail a proven address is rotated and repeated as ever',
    async run({ storage }) {
      const account = await storeAccount(storage, { emailConfirmedAt: 0 })
      const request = demandingRotationOf(account)
      const { generation, now, idleExpiresAt: expiresAt } = request
      const session = { ...account.sessions[0], generation: generation + 1, rotatedAt: now, expiresAt }
      const { user } = account
      const rule = 'A proven address lacks nothing, whenever it was proven'
      expectEqual(await storage.sessions.rotate(request), { outcome: 'rotated', session, user }, rule)
      expectEqual(await storage.sessions.rotate(request), { outcome: 'repeated', session, user }, rule)
    },
  },
  {
    title: 'sessions.rotate: with requireConfirmedEmail a refused generation is rotated once the address is proven',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = demandingRotationOf(account)
      expectEqual(await storage.sessions.rotate(request), unconfirmed, 'The address is not proven yet')
      await storage.oneTimeTokens.confirmEmail({ hash: account.tokens.confirmEmail.hash, now: account.now })
      const rotation = expectOutcome(await storage.sessions.rotate(request), 'rotated', 'A refusal costs nothing')
      expectEqual(rotation.session.generation, 1, 'A refusal costs nothing')
    },
  },
]
