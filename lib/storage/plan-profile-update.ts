import type { Profile } from './records.js'

export interface UpdateProfile {
  readonly userId: string
  /** These fields take the place of those with their names, whole. All others stay. */
  readonly patch: Partial<Profile>
  /** Of the whole profile as JSON, in UTF-8. */
  readonly maximumBytes: number
}

/**
 * What a profile becomes, or `null` where it would be too large. Pure: every adapter calls it, within its step, with the
 * profile that is stored at that moment.
 */
export function planProfileUpdate(
  stored: Profile,
  { patch, maximumBytes }: Pick<UpdateProfile, 'patch' | 'maximumBytes'>,
): Profile | null {
  const profile = { ...stored, ...patch }
  return new TextEncoder().encode(JSON.stringify(profile)).length > maximumBytes ? null : profile
}
