import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'
import { sessionsEnded } from './sessions-ended.js'

/** The outcome of `app.fastAuth.endSessions`. */
export type SessionsEnding =
  | { readonly outcome: 'ended'; readonly endedSessions: number }
  | { readonly outcome: 'unknownUser' }

/** Ends all sessions of a user. Their password and API keys stay valid. */
export async function endSessions(
  dependencies: Pick<AdministrationDependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<SessionsEnding> {
  const { users, sessions } = dependencies.storage
  const { revokedSessionIds } = await sessions.revokeAll({ userId, now })
  const { length: endedSessions } = revokedSessionIds
  if (endedSessions === 0 && (await users.find({ userId })) === null) return { outcome: 'unknownUser' }
  await sessionsEnded(dependencies, { revokedSessionIds, userId, reason: 'revoked', client: noRequestOrigin, now })
  return { outcome: 'ended', endedSessions }
}
