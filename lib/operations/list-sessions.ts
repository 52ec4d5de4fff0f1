import type { EpochMilliseconds, SessionRecord } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

/** More than a person has devices; bounds the size of an answer. */
const maximumListed = 100

/** Returns the user's live sessions, most recently used first. */
export function listSessions(
  dependencies: Dependencies,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<readonly SessionRecord[]> {
  return dependencies.storage.sessions.list({ userId, now, limit: maximumListed })
}
