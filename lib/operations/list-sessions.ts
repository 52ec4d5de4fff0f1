import type { EpochMilliseconds, SessionRecord } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

/** More than a person has devices; a bound on what one answer can weigh. */
const maximumListed = 100

/** The user's live sessions, the one used last first. */
export function listSessions(
  dependencies: Dependencies,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<readonly SessionRecord[]> {
  return dependencies.storage.sessions.list({ userId, now, limit: maximumListed })
}
