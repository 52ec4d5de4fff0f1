import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import { sessionsEnded } from './sessions-ended.js'

export interface RevokeOtherSessions {
  readonly userId: string
  /** The requesting session, which continues. */
  readonly sessionId: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Ends all other sessions of the user. @returns the number of ended sessions. @throws {SessionRevokedError} The requesting session has ended. */
export async function revokeOtherSessions(
  dependencies: Pick<Dependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { userId, sessionId, client, now }: RevokeOtherSessions,
): Promise<number> {
  const asking = { sessionId, now }
  const { outcome, revokedSessionIds } = await dependencies.storage.sessions.revokeAll({ userId, asking, now })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  await sessionsEnded(dependencies, { revokedSessionIds, userId, reason: 'revoked', client, now })
  return revokedSessionIds.length
}
