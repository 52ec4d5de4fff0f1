import { reauthenticationOf, rotationOf } from '../../../conformance/account-requests.js'
import { hourMilliseconds, randomSession } from '../../../conformance/random-records.js'
import { generationLine, inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeAccount, storeUser } from '../../../conformance/stored-records.js'

/** All methods that change sessions. */
export const sessionSteps: readonly StepOf[] = [
  {
    method: 'sessions.open',
    async prepare(storage) {
      const user = await storeUser(storage)
      const session = randomSession(user)
      const { id: userId, passwordHash, createdAt: now } = user
      return {
        attempt: storage =>
          outcomeOf(
            storage.sessions.open({ session, proofs: [{ kind: 'password', hash: passwordHash }], maximumPerUser: 100 }),
          ),
        first: 'opened',
        again: ['opened', 'rejected'],
        observe: async storage => [
          (await storage.sessions.list({ userId, now, limit: 10, offset: 0 })).items,
          await storage.users.find({ userId }),
        ],
        effect: [[session], { ...user, lastSignInAt: now }],
      }
    },
  },
  {
    method: 'sessions.reauthenticate',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const request = reauthenticationOf(account, { methods: ['password', 'email'] })
      const { sessionId, userId, now, idleExpiresAt: expiresAt, methods } = request
      const [session, ...others] = account.sessions
      return {
        attempt: storage => outcomeOf(storage.sessions.reauthenticate(request)),
        first: 'reauthenticated',
        // A password proves again. The generation increases by two each time.
        again: ['reauthenticated'],
        observe: async storage => {
          const { items } = await storage.sessions.list({ userId, now, limit: 10, offset: 0 })
          return items.map(one => (one.id === sessionId ? { ...one, generation: one.generation % 2 } : one))
        },
        effect: [
          { ...session, methods, authenticatedAt: now, rotatedAt: now, expiresAt },
          ...others.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
        ],
      }
    },
  },
  {
    method: 'sessions.rotate',
    async prepare(storage) {
      const account = await storeAccount(storage)
      const request = rotationOf(account, { recordSuperseded: true })
      const { sessionId, now } = request
      const [session] = account.sessions
      return {
        attempt: storage => outcomeOf(storage.sessions.rotate(request)),
        first: 'rotated',
        again: ['repeated'],
        observe: async storage => [
          await storage.sessions.find({ sessionId, now }),
          await revocationsOf(storage, [sessionId], now),
        ],
        effect: [
          { ...session, generation: 1, rotatedAt: now, expiresAt: now + hourMilliseconds },
          [generationLine(session, 0, now)],
        ],
      }
    },
  },
  {
    method: 'sessions.revoke',
    async prepare(storage) {
      const { sessions, now } = await storeAccount(storage)
      const [session] = sessions
      const sessionId = session.id
      return {
        attempt: storage => outcomeOf(storage.sessions.revoke({ sessionId, now })),
        first: 'revoked',
        again: ['unknown'],
        observe: async storage => [
          await storage.sessions.find({ sessionId, now }),
          await revocationsOf(storage, [sessionId], now),
        ],
        effect: [null, [sessionLine(session, now)]],
      }
    },
  },
  {
    method: 'sessions.revokeAll',
    async prepare(storage) {
      const { user, sessions, now } = await storeAccount(storage)
      const [{ id: sessionId }, ...others] = sessions
      const ids = sessions.map(({ id }) => id)
      return {
        attempt: storage => outcomeOf(storage.sessions.revokeAll({ userId: user.id, asking: { sessionId, now }, now })),
        first: 'revoked',
        again: ['revoked'],
        observe: async storage => [
          (await storage.sessions.list({ userId: user.id, now, limit: 10, offset: 0 })).items,
          await revocationsOf(storage, ids, now),
        ],
        effect: [[sessions[0]], inFeedOrder(others.map(one => sessionLine(one, now)))],
      }
    },
  },
]
