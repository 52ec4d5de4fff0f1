import type { GuessingDevice } from '../../limits/device-steps.js'
import type { UserRecord } from '../../storage/records.js'
import type { DeviceToken } from '../../tokens/device-token.js'

/** Returns whether the address was not confirmed later: before, a device may belong to an attacker who signed up with the address. */
function isSinceProof({ issuedAt }: DeviceToken, { emailConfirmedAt }: UserRecord): boolean {
  return emailConfirmedAt === null || issuedAt >= emailConfirmedAt
}

/** Returns the device if it is one of this user's, or `null`. A new password ends the devices of an old one. */
export function ownDevice(
  devices: readonly DeviceToken[],
  owner: UserRecord | null | undefined,
): GuessingDevice | null {
  if (!owner) return null
  const { id: userId, passwordHash } = owner
  const own = devices.filter(device => device.userId === userId && isSinceProof(device, owner))
  const current = own.find(device => device.standing(passwordHash) === 'current')
  if (current !== undefined) return { userId, deviceId: current.deviceId }
  return own.some(device => device.standing(passwordHash) === 'perhaps') ? { userId, deviceId: null } : null
}
