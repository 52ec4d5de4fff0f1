import { SessionRevokedError } from '../errors/index.js'
import { maximumProfileBytes } from '../profiles/profile-rules.js'
import type { Instant, Profile, UserRecord } from '../storage/storage.js'
import { profileTooLarge, refuseUnfitProfile } from './refuse-unfit-profile.js'
import type { Client, Rooms } from './rooms.js'

export interface UpdateMe {
  readonly userId: string
  /** The session that asks. */
  readonly sessionId: string
  /** As the application's schema lets a person give it: without the fields that are the server's to set. */
  readonly profile: Partial<Profile>
  readonly client: Client
  readonly now: Instant
}

/**
 * Puts the fields that are given into the person's profile; all others stay, also those that somebody sets meanwhile.
 * @throws {ValidationError} The profile is nested too deep, or would be too large.
 * @throws {SessionRevokedError} where the account has been deleted since.
 */
export async function updateMe(
  rooms: Rooms,
  { userId, sessionId, profile, client, now }: UpdateMe,
): Promise<UserRecord> {
  refuseUnfitProfile(profile)
  const request = { userId, patch: profile, maximumBytes: maximumProfileBytes }
  const update = await rooms.storage.users.updateProfile(request)
  if (update.outcome === 'unknown') throw new SessionRevokedError()
  if (update.outcome !== 'updated') throw profileTooLarge()
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  rooms.emit({ name: 'user_updated', reason: 'profile_updated', ...about })
  return update.user
}
