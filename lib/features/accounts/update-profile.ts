import { eventContext } from '../../events/event-context.js'
import { maximumProfileBytes } from '../../profiles/profile-rules.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { UserProfile } from '../../storage/user-profile.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import { type LoadedUser, withoutPasswordHash } from '../../tokens/loaded-user.js'
import type { Dependencies } from '../dependencies.js'

export interface UpdateProfile {
  readonly userId: string
  readonly patch: Partial<UserProfile>
  readonly now: EpochMilliseconds
}

/** The outcome of `app.fastAuth.updateProfile`. */
export type ProfileChange =
  | { readonly outcome: 'updated'; readonly user: LoadedUser }
  | { readonly outcome: 'unknownUser' }

/**
 * Sets fields in a user's profile, including those that only the server may set.
 * @throws {TypeError} There is no schema, the fields do not match it, or the profile would be too large. The message contains no value.
 */
export async function updateProfile(
  dependencies: Pick<Dependencies, 'emit' | 'profileRules' | 'storage'>,
  { userId, patch, now }: UpdateProfile,
): Promise<ProfileChange> {
  if (dependencies.profileRules === null)
    throw new TypeError('updateProfile of fast-auth needs the option "profileSchema"')
  const problem = dependencies.profileRules.problem(patch)
  if (problem !== null) throw new TypeError(`updateProfile of fast-auth was given an invalid profile: ${problem}`)
  const update = await dependencies.storage.users.updateProfile({ userId, patch, maximumBytes: maximumProfileBytes })
  if (update.outcome === 'unknown') return { outcome: 'unknownUser' }
  if (update.outcome !== 'updated') {
    throw new TypeError(`updateProfile of fast-auth stores at most ${maximumProfileBytes} bytes of JSON for a user`)
  }
  const context = eventContext({ userId, sessionId: null, client: noRequestOrigin, now })
  dependencies.emit({ name: 'user_updated', reason: 'profile_updated', ...context })
  return { outcome: 'updated', user: withoutPasswordHash(update.user) }
}
