import type { AskingSession } from './asking-session.js'
import type { Profile, UserRecord } from './records.js'

export interface UpdateProfile {
  readonly userId: string
  /** These fields take the place of those with their names, whole. All others stay. */
  readonly patch: Partial<Profile>
  /** Of the whole profile as JSON, in UTF-8. */
  readonly maximumBytes: number
  /** The canonical user name from now on; `null` takes it away. Left out: it stays as it is. */
  readonly username?: string | null
  readonly asking?: AskingSession
}

/** What an update of a profile writes. */
export type UpdatedProfile = Pick<UserRecord, 'profile' | 'username'>

/**
 * What a profile and a user name become, or `null` where the profile would be too large. Pure: every adapter calls it,
 * within its step, with the user who is stored at that moment. Whether somebody else has the name is the adapter's to say.
 */
export function planProfileUpdate(
  stored: UpdatedProfile,
  { patch, maximumBytes, username = stored.username }: Omit<UpdateProfile, 'userId' | 'asking'>,
): UpdatedProfile | null {
  const profile = { ...stored.profile, ...patch }
  const isTooLarge = new TextEncoder().encode(JSON.stringify(profile)).length > maximumBytes
  return isTooLarge ? null : { profile, username }
}
