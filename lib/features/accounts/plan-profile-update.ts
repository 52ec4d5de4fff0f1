import type { AskingSession } from '../../storage/asking-session.js'
import type { Profile, UserRecord } from '../../storage/records.js'

/** A change of the profile or of the username. */
export interface UpdateProfile {
  readonly userId: string
  /** Each field replaces the whole field of the same name. All other fields stay. */
  readonly patch: Partial<Profile>
  /** Maximum size of the whole profile as JSON, in UTF-8. */
  readonly maximumBytes: number
  /** The new canonical username; `null` removes it. If omitted, it stays unchanged. */
  readonly username?: string | null
  readonly asking?: AskingSession
}

/** The fields that a profile update writes. */
export type UpdatedProfile = Pick<UserRecord, 'profile' | 'username'>

/**
 * Returns the updated profile and username, or `null` if the profile would be too large. Pure: every adapter calls it within
 * its atomic step. The adapter checks whether another user has the username.
 * @param stored the user as stored at that moment
 * @example
 * ```ts
 * import { planProfileUpdate } from 'fast-auth/storage'
 *
 * const stored = { profile: { plan: 'free' as const }, username: 'ada' }
 * planProfileUpdate(stored, { patch: { plan: 'pro' }, maximumBytes: 16_384 }) // { profile: { plan: 'pro' }, username: 'ada' }
 * ```
 */
export function planProfileUpdate(
  stored: UpdatedProfile,
  { patch, maximumBytes, username = stored.username }: Omit<UpdateProfile, 'userId' | 'asking'>,
): UpdatedProfile | null {
  const profile = { ...stored.profile, ...patch }
  const isTooLarge = new TextEncoder().encode(JSON.stringify(profile)).length > maximumBytes
  return isTooLarge ? null : { profile, username }
}
