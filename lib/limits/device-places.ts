import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'

/** So many devices of an account have a count of their own. All others of the account share one. */
export const placesOfAccount = 10

export interface DevicePlace {
  /** Whether the device has a count of its own for this guess. */
  readonly isOwn: boolean
  /** As if the device had not come. A place that it had before stays. */
  takeBack(): Promise<unknown>
  /** After a right password: the place is free for another device. */
  free(): Promise<unknown>
}

/** What a device adds to its counter if it gets a place: more than there are requests of a device before it has one. */
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
