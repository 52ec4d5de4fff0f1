import { ValidationError } from '../../errors/index.js'
import { isDeeperThan } from '../../errors/is-deeper-than.js'
import { maximumProfileBytes, maximumProfileDepth } from '../../profiles/profile-rules.js'
import type { Profile } from '../../storage/records.js'
import { planProfileUpdate } from './plan-profile-update.js'

export function profileTooLarge(): ValidationError {
  return new ValidationError(
    'profile',
    'maximumBytes',
    `must leave the profile at most ${maximumProfileBytes} bytes of JSON`,
  )
}

/** Checks profile fields against the rules that a schema cannot express. @throws {ValidationError} */
export function refuseUnfitProfile(profile: Partial<Profile>): void {
  if (isDeeperThan(maximumProfileDepth, profile)) {
    throw new ValidationError('profile', 'maximumDepth', `must not be nested more than ${maximumProfileDepth} deep`)
  }
  const nothing = { profile: {}, username: null }
  if (planProfileUpdate(nothing, { patch: profile, maximumBytes: maximumProfileBytes }) === null)
    throw profileTooLarge()
}
