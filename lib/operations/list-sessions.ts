import type { Instant, SessionRecord } from '../storage/storage.js'
import type { Rooms } from './rooms.js'

/** More than a person has devices; a bound on what one answer can weigh. */
const maximumListed = 100

/** The user's live sessions, the one used last first. */
export function listSessions(
  rooms: Rooms,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<readonly SessionRecord[]> {
  return rooms.storage.sessions.list({ userId, now, limit: maximumListed })
}
