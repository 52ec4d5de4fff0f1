import { UserExistsError } from '../errors/index.js'
import { maximumProfileBytes } from '../profiles/profile-rules.js'
import type { EpochMilliseconds, Profile, UserRecord } from '../storage/storage.js'
import { acceptedUsername } from './accepted-username.js'
import type { Dependencies, RequestOrigin } from './dependencies.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import { profileTooLarge, refuseUnfitProfile } from './refuse-unfit-profile.js'

export interface UpdateMe {
  readonly userId: string
  /** The session that asks. */
  readonly sessionId: string
  /** As the application's schema lets a person give it: without the fields that are the server's to set. */
  readonly profile?: Partial<Profile>
  /** As it was typed; `null` takes it away. Left out: it stays. */
  readonly username?: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** The part of the request that is about the name. */
function renaming(dependencies: Dependencies, { username: typed }: UpdateMe): { readonly username?: string | null } {
  if (typed === undefined) return {}
  return { username: typed === null ? null : acceptedUsername(dependencies, typed) }
}

/**
 * Puts the fields that are given into the person's profile; all others stay, also those that somebody sets meanwhile. In
 * the same step the person gets the user name, if there is one; the name before is free at once.
 * @throws {ValidationError} The profile is nested too deep, or would be too large; or no user name can be such.
 * @throws {UserExistsError} Somebody has the user name.
 * @throws {SessionRevokedError} where the session has ended, or the account was deleted.
 */
export async function updateMe(dependencies: Dependencies, asked: UpdateMe): Promise<UserRecord> {
  const { userId, sessionId, profile = {}, client, now } = asked
  refuseUnfitProfile(profile)
  const asking = { sessionId, now }
  const request = {
    userId,
    asking,
    patch: profile,
    maximumBytes: maximumProfileBytes,
    ...renaming(dependencies, asked),
  }
  const update = await dependencies.storage.users.updateProfile(request)
  if (update.outcome === 'unknown' || update.outcome === 'sessionEnded')
    throw endOfAskingSession(dependencies, sessionId, now)
  if (update.outcome === 'usernameTaken') throw new UserExistsError('username')
  if (update.outcome === 'tooLarge') throw profileTooLarge()
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  if (asked.profile !== undefined) dependencies.emit({ name: 'user_updated', reason: 'profile_updated', ...about })
  if (asked.username !== undefined) dependencies.emit({ name: 'user_updated', reason: 'username_updated', ...about })
  return update.user
}
