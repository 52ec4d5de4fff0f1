import type { EpochMilliseconds } from '../storage/storage.js'
import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

/** The content of a device token. It is not a credential: it says who has signed in on the device, and grants no access. */
export interface DeviceTokenContent {
  readonly userId: string
  readonly deviceId: string
  readonly issuedAt: EpochMilliseconds
}

export interface DeviceTokens {
  issue(content: DeviceTokenContent): string
  /** Returns the content of an authentic token, or `null` for any other text. */
  read(token: string): DeviceTokenContent | null
}

const deviceIdStart = uuidBytes
const issuedAtStart = deviceIdStart + uuidBytes
const timeBytes = 6

/** Creates device tokens: user id, device id and time, signed. None is stored. */
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
