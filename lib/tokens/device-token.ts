import type { EpochMilliseconds } from '../storage/storage.js'
import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

/** What a device token says. It is no credential: it tells who has signed in there, and opens nothing. */
export interface DeviceTokenContent {
  readonly userId: string
  readonly deviceId: string
  readonly issuedAt: EpochMilliseconds
}

export interface DeviceTokens {
  issue(content: DeviceTokenContent): string
  /** What an authentic token says, or `null` for anything that we have not made, letter for letter. */
  read(token: string): DeviceTokenContent | null
}

const deviceIdStart = uuidBytes
const issuedAtStart = deviceIdStart + uuidBytes
const timeBytes = 6

/** Device tokens: user id, device id and instant, signed. None is stored. */
export function createDeviceTokens(keyring: Keyring): DeviceTokens {
  const contentBytes = issuedAtStart + timeBytes
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ deviceTokenKey }) => deviceTokenKey })
  return {
    issue({ userId, deviceId, issuedAt }) {
      const content = Buffer.alloc(contentBytes)
      writeUuid(content, userId, 0)
      writeUuid(content, deviceId, deviceIdStart)
      content.writeUIntBE(issuedAt, issuedAtStart, timeBytes)
      return signed.issue(content)
    },

    read(token) {
      const content = signed.read(token)
      if (content === null) return null
      return {
        userId: readUuid(content, 0),
        deviceId: readUuid(content, deviceIdStart),
        issuedAt: content.readUIntBE(issuedAtStart, timeBytes),
      }
    },
  }
}
