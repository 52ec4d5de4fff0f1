import { askingCases } from '../../../conformance/asking-session.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectOneOf, expectOutcome } from '../../../conformance/contract.js'
import { storeAccount, storeSession } from '../../../conformance/stored-records.js'

/** Cases for methods of sessions that check the requesting session again within their own step. */
export const askingSessionCases: readonly ConformanceCase[] = [
  ...askingCases({
    'sessions.revoke': {
      granted: 'revoked',
      ask: ({ sessions }, account, asking) =>
        sessions.revoke({ userId: account.user.id, sessionId: account.sessions[1].id, asking, now: account.now }),
    },
    'sessions.revokeAll': {
      granted: 'revoked',
      ask: ({ sessions }, { user, now }, asking) => sessions.revokeAll({ userId: user.id, asking, now }),
    },
  }),
  {
    title: 'sessions.revoke: a session can revoke itself, even if only its id is known',
    async run({ storage }) {
      const { sessions, now } = await storeAccount(storage)
      const [{ id: sessionId }] = sessions
      const request = { sessionId, asking: { sessionId, now }, now }
      expectOutcome(await storage.sessions.revoke(request), 'revoked', 'A session can revoke itself')
      expectOutcome(await storage.sessions.revoke(request), 'unknown', 'A session is revoked once')
    },
  },
  {
    title: 'sessions.revoke: an expired session can still revoke itself',
    async run({ storage }) {
      const { user, now } = await storeAccount(storage)
      const { id: sessionId } = await storeSession(storage, user, { expiresAt: now })
      const request = { sessionId, asking: { sessionId, now }, now }
      const { outcome } = await storage.sessions.revoke(request)
      expectOneOf(outcome, ['revoked', 'unknown'], 'A session need not be live to revoke itself')
      expectOutcome(await storage.sessions.revoke(request), 'unknown', 'A session is revoked once')
    },
  },
]
