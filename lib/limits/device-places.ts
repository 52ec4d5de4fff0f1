import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'

/** The number of devices of an account that have separate counts. All others of the account share one count. */
export const placesOfAccount = 10

export interface DevicePlace {
  /** Whether the device has a separate count for this guess. */
  readonly isOwn: boolean
  /** Releases a place that this guess took. A place that the device had before stays. */
  takeBack(): Promise<unknown>
  /** Releases the place for another device, after a right password. */
  free(): Promise<unknown>
}

/** The points that a device adds to its counter when it gets a place: more than it can have requests before that. */
const hasPlace = 1_000_000

const nothing = async () => undefined
const noPlace: DevicePlace = { isOwn: false, takeBack: nothing, free: nothing }

/**
 * Takes a place for a device, if it has none and one is free. Of concurrent requests of a device, exactly one gets 1 from
 * the counter and takes the place for it; those that come before it has done so share the common count.
 */
export async function takeDevicePlace(
  counters: LimitCounters,
  { userId, deviceId }: { readonly userId: string; readonly deviceId: string },
  seconds: number,
): Promise<DevicePlace> {
  const life = { customDuration: seconds }
  const ofDevice = counterKey('device_place', userId, deviceId)
  const ofAccount = counterKey('device_places', userId)
  const free = async () => (await counters.delete(ofDevice)) && counters.reward(ofAccount, 1, life)
  const { consumedPoints } = await counters.penalty(ofDevice, 1, life)
  if (consumedPoints > hasPlace) return { isOwn: true, takeBack: nothing, free }
  if (consumedPoints > 1) return noPlace
  const { consumedPoints: taken } = await counters.penalty(ofAccount, 1, life)
  if (taken > placesOfAccount) {
    await free()
    return noPlace
  }
  await counters.penalty(ofDevice, hasPlace, life)
  return { isOwn: true, takeBack: free, free }
}
