import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { rotationOf } from '../../../conformance/account-requests.js'
import { expectState, expectUnchanged } from '../../../conformance/account-state.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { hourMilliseconds } from '../../../conformance/random-records.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import type { RotateSession } from '../port.js'

/** Returns the first session as it must be after the rotation. */
function successorOf({ sessions }: Account, { generation, now, idleExpiresAt }: RotateSession): SessionRecord {
  return { ...sessions[0], generation: generation + 1, rotatedAt: now, expiresAt: idleExpiresAt }
}

async function expectRotated(storage: Storage, account: Account, request: RotateSession, rule: string): Promise<void> {
  const session = successorOf(account, request)
  const rotation = await storage.sessions.rotate(request)
  expectEqual(rotation, { outcome: 'rotated', session, user: account.user }, rule)
  const [, second, third] = account.sessions
  const { user } = account
  await expectState(storage, { ...account, now: request.now }, { user, sessions: [session, second, third] }, rule)
}

async function expectUnknown(storage: Storage, account: Account, request: RotateSession, rule: string): Promise<void> {
  const rotation = await expectUnchanged(storage, account, () => storage.sessions.rotate(request), rule)
  expectEqual(rotation, { outcome: 'unknown' }, rule)
}

/** Cases for rotating sessions with valid and invalid refresh tokens. */
export const rotationCases: readonly ConformanceCase[] = [
  {
    title: 'sessions.rotate: the current generation is exchanged for the next',
    async run({ storage }) {
      const account = await storeAccount(storage)
      await expectRotated(storage, account, rotationOf(account), 'The current generation is rotated')
    },
  },
  {
    title: 'sessions.rotate: each generation in turn is exchanged for the next',
    async run({ storage }) {
      const account = await storeAccount(storage)
      for (const generation of [0, 1, 2, 3]) {
        const request = rotationOf(account, { generation, now: account.now + generation })
        await expectRotated(storage, account, request, `Generation ${generation} is rotated while it is current`)
      }
    },
  },
  {
    title: 'sessions.rotate: a generation ahead of the store is rotated, because the storage has lost a write',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { generation: 6 })
      await expectRotated(storage, account, request, 'An authentic generation ahead of the store is rotated')
    },
  },
  {
    title: 'sessions.rotate: generations up to 2³² − 1 are stored exactly',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { generation: 2 ** 32 - 2 })
      await expectRotated(storage, account, request, 'The last generation is 2³² − 1')
    },
  },
  {
    title: 'sessions.rotate: a rotation never moves expiresAt past absoluteExpiresAt',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { absoluteExpiresAt } = account.sessions[0]
      const request = rotationOf(account, { idleExpiresAt: absoluteExpiresAt + 1 })
      const rotation = expectOutcome(
        await storage.sessions.rotate(request),
        'rotated',
        'The current generation rotates',
      )
      const rule = 'expiresAt is the earlier one of idleExpiresAt and absoluteExpiresAt'
      expectEqual(rotation.session.expiresAt, absoluteExpiresAt, rule)
      const { sessionId, now } = request
      expectEqual(await storage.sessions.find({ sessionId, now }), rotation.session, rule)
    },
  },
  {
    title: 'sessions.rotate: a rotation may bring expiresAt forward',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { idleExpiresAt: account.now + 1 })
      await expectRotated(storage, account, request, 'expiresAt is idleExpiresAt if that is the earlier one')
    },
  },
  {
    title: 'sessions.rotate: a rotation stores its client in the session, a repetition does not',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      const phone = { ip: '203.0.113.7', userAgent: 'Phone/2.0' }
      const request = rotationOf(account, phone)
      const session = { ...successorOf(account, request), ...phone }
      const rotated = await storage.sessions.rotate(request)
      expectEqual(rotated, { outcome: 'rotated', session, user }, 'The session has the client of the rotation')
      const repetition = { ...request, ip: '198.51.100.9', userAgent: 'Thief/1.0' }
      const repeated = await storage.sessions.rotate(repetition)
      expectEqual(repeated, { outcome: 'repeated', session, user }, 'A repetition returns the client of the rotation')
      const { sessionId } = request
      expectEqual(await storage.sessions.find({ sessionId, now }), session, 'A repetition writes nothing')
      const unknown = rotationOf(account, { generation: 1, ip: null, userAgent: null })
      await storage.sessions.rotate(unknown)
      const found = await storage.sessions.find({ sessionId, now })
      expectEqual([found?.ip, found?.userAgent], [null, null], 'The client of a rotation may be unknown')
    },
  },
  {
    title: 'sessions.rotate: the answer has the user as currently stored',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const { user, now } = account
      await storage.users.markEmailConfirmed({ userId: user.id, email: user.email, now })
      const request = rotationOf(account)
      const rotated = expectOutcome(await storage.sessions.rotate(request), 'rotated', 'The current generation')
      expectEqual(rotated.user.emailConfirmedAt, now, 'A rotation returns the stored user')
      const repeated = expectOutcome(await storage.sessions.rotate(request), 'repeated', 'A retry within the window')
      expectEqual(repeated.user.emailConfirmedAt, now, 'A repetition returns the stored user')
    },
  },
  {
    title: 'sessions.rotate: a session is rotated in the last millisecond before expiresAt',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const now = account.sessions[0].expiresAt - 1
      const request = rotationOf(account, { now, idleExpiresAt: now + hourMilliseconds })
      const rotation = await storage.sessions.rotate(request)
      const rule = 'A session is live while now < expiresAt'
      expectEqual(rotation, { outcome: 'rotated', session: successorOf(account, request), user: account.user }, rule)
    },
  },
  {
    title: 'sessions.rotate: at exactly expiresAt the session is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { now: account.sessions[0].expiresAt })
      await expectUnknown(storage, account, request, 'A session is expired from expiresAt on')
    },
  },
  {
    title: 'sessions.rotate: an old generation of an expired session is unknown, not reused',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const rotated = await storage.sessions.rotate(rotationOf(account, { generation: 5 }))
      const { session } = expectOutcome(rotated, 'rotated', 'A generation ahead of the store')
      const request = rotationOf(account, { generation: 2, now: session.expiresAt })
      await expectUnknown(storage, account, request, 'An expired session is unknown for every generation')
    },
  },
  {
    title: 'sessions.rotate: an id without a session is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { sessionId: randomUUID(), recordSuperseded: true })
      await expectUnknown(storage, account, request, 'No session has a new random id')
      const { sessionId, now } = request
      const session = await storage.sessions.find({ sessionId, now })
      expectEqual(session, null, 'A rotation creates no session')
    },
  },
  {
    title: 'sessions.rotate: a revoked session is unknown and nothing is written',
    async run({ storage }) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { recordSuperseded: true })
      const { sessionId, now } = request
      await storage.sessions.revoke({ sessionId, now })
      await expectUnknown(storage, account, request, 'A revoked session is not rotated')
    },
  },
]
