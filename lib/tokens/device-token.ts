import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../storage/storage.js'
import { type Keyring, keyIdBytes } from './keyring.js'

/** What a device token says. It is no credential: it tells who has signed in there, and opens nothing. */
export interface DeviceTokenContent {
  readonly userId: string
  readonly deviceId: string
  readonly issuedAt: Instant
}

export interface DeviceTokens {
  issue(content: DeviceTokenContent): string
  /** What an authentic token says, or `null` for anything that we have not made, letter for letter. */
  read(token: string): DeviceTokenContent | null
}

const version = 1
const idBytes = 16
const instantBytes = 6
const macBytes = 32
const keyIdStart = 1
const userIdStart = keyIdStart + keyIdBytes
const deviceIdStart = userIdStart + idBytes
const issuedAtStart = deviceIdStart + idBytes
const macStart = issuedAtStart + instantBytes
const totalBytes = macStart + macBytes
const textLength = Math.ceil((totalBytes * 8) / 6)

function mac(key: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest()
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Device tokens: version, key id, user id, device id, instant and an HMAC-SHA-256 over them, base64url. None is stored. */
export function createDeviceTokens(keyring: Keyring): DeviceTokens {
  return {
    issue({ userId, deviceId, issuedAt }) {
      const { id, deviceTokenKey } = keyring.newest
      const content = Buffer.alloc(macStart)
      content.writeUInt8(version, 0)
      content.write(id, keyIdStart, keyIdBytes, 'base64url')
      content.write(userId.replaceAll('-', ''), userIdStart, idBytes, 'hex')
      content.write(deviceId.replaceAll('-', ''), deviceIdStart, idBytes, 'hex')
      content.writeUIntBE(issuedAt, issuedAtStart, instantBytes)
      return Buffer.concat([content, mac(deviceTokenKey, content)]).toString('base64url')
    },

    read(token) {
      if (token.length !== textLength) return null
      const bytes = Buffer.from(token, 'base64url')
      // Base64url decoders forgive; a token that differs in one character must not pass for the same one. What encodes to a
      // text of this length again has all of its bytes.
      if (bytes.toString('base64url') !== token || bytes[0] !== version) return null
      const key = keyring.byId.get(bytes.toString('base64url', keyIdStart, userIdStart))
      if (key === undefined) return null
      const content = bytes.subarray(0, macStart)
      if (!timingSafeEqual(bytes.subarray(macStart), mac(key.deviceTokenKey, content))) return null
      return {
        userId: uuid(bytes.subarray(userIdStart, deviceIdStart)),
        deviceId: uuid(bytes.subarray(deviceIdStart, issuedAtStart)),
        issuedAt: bytes.readUIntBE(issuedAtStart, instantBytes),
      }
    },
  }
}
