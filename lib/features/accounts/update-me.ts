import { UserExistsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { maximumProfileBytes } from '../../profiles/profile-rules.js'
import type { EpochMilliseconds, Profile, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { acceptedUsername } from './accepted-username.js'
import { profileTooLarge, refuseUnfitProfile } from './refuse-unfit-profile.js'

export interface UpdateMe {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  /** As the application's schema allows: without the fields that only the server sets. */
  readonly profile?: Partial<Profile>
  /** As typed; `null` removes it; `undefined` keeps it. */
  readonly username?: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** The part of the update that changes the user name. */
function renaming(
  dependencies: Pick<Dependencies, 'reservedUsernames'>,
  { username: typed }: UpdateMe,
): { readonly username?: string | null } {
  if (typed === undefined) return {}
  return { username: typed === null ? null : acceptedUsername(dependencies, typed) }
}

/**
 * Sets the given fields in the user's profile; all others stay, including those that are changed concurrently. In the same step
 * sets the user name, if one is given; the old name is free immediately.
 * @throws {ValidationError} The profile is nested too deep or would be too large, or the user name is invalid.
 * @throws {UserExistsError} The user name is taken.
 * @throws {SessionRevokedError} The session has ended, or the account was deleted.
 */
export async function updateMe(
  dependencies: Pick<Dependencies, 'emit' | 'reservedUsernames' | 'revokedSessions' | 'storage'>,
  asked: UpdateMe,
): Promise<UserRecord> {
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
    throw endOfAskingSession(dependencies, sessionId)
  if (update.outcome === 'usernameTaken') throw new UserExistsError('username')
  if (update.outcome === 'tooLarge') throw profileTooLarge()
  const context = eventContext({ userId, sessionId, client, now })
  if (asked.profile !== undefined) dependencies.emit({ name: 'user_updated', reason: 'profile_updated', ...context })
  if (asked.username !== undefined) dependencies.emit({ name: 'user_updated', reason: 'username_updated', ...context })
  return update.user
}
