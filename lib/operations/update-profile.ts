import { maximumProfileBytes } from '../profiles/profile-rules.js'
import type { EpochMilliseconds, UserProfile } from '../storage/storage.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import type { Dependencies } from './dependencies.js'
import { noRequestOrigin } from './request-origin.js'

export interface UpdateProfile {
  readonly userId: string
  readonly patch: Partial<UserProfile>
  readonly now: EpochMilliseconds
}

export type ProfileChange =
  | { readonly outcome: 'updated'; readonly user: LoadedUser }
  | { readonly outcome: 'unknownUser' }

/**
 * Puts fields into somebody's profile, those among them that only the server may set.
 * @throws {TypeError} There is no schema, the fields are not as it says, or the profile would be too large. It repeats no value.
 */
export async function updateProfile(
  dependencies: Dependencies,
  { userId, patch, now }: UpdateProfile,
): Promise<ProfileChange> {
  if (dependencies.profileRules === null)
    throw new TypeError('updateProfile of fast-auth needs the option "profileSchema"')
  const problem = dependencies.profileRules.problem(patch)
  if (problem !== null) throw new TypeError(`updateProfile of fast-auth was given a profile that is none: ${problem}`)
  const update = await dependencies.storage.users.updateProfile({ userId, patch, maximumBytes: maximumProfileBytes })
  if (update.outcome === 'unknown') return { outcome: 'unknownUser' }
  if (update.outcome !== 'updated') {
    throw new TypeError(`updateProfile of fast-auth keeps at most ${maximumProfileBytes} bytes of JSON of a user`)
  }
  const about = { at: new Date(now).toISOString(), userId, sessionId: null, ...noRequestOrigin }
  dependencies.emit({ name: 'user_updated', reason: 'profile_updated', ...about })
  return { outcome: 'updated', user: withoutPasswordHash(update.user) }
}
