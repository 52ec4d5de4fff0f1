import { createHmac } from 'node:crypto'
import type { EpochMilliseconds, PasswordHash } from '../storage/records.js'
import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

/** The content of a device token. It is not a credential: it says who has signed in on the device, and grants no access. */
export interface DeviceTokenContent {
  readonly userId: string
  readonly deviceId: string
  readonly issuedAt: EpochMilliseconds
}

/**
 * Whether the password with which a device became known is still the user's. `perhaps`: the stored hash differs, and new
 * hashes have been made differently since, so it may be a new hash of the same password.
 */
export type DeviceStanding = 'current' | 'perhaps' | 'over'

export interface DeviceToken extends DeviceTokenContent {
  /** @param passwordHash That of the user now. */
  standing(passwordHash: PasswordHash | null): DeviceStanding
}

export interface DeviceTokens {
  /** @param passwordHash The stored hash of the password that the user has just shown or set. */
  issue(content: DeviceTokenContent, passwordHash: PasswordHash | null): string
  /** Returns the content of an authentic token, or `null` for any other text. */
  read(token: string): DeviceToken | null
}

export interface DeviceTokensSettings {
  readonly keyring: Keyring
  /** Identifies how new hashes are made: the parameters and the pepper. */
  readonly hashing: string
}

const deviceIdStart = uuidBytes
const issuedAtStart = deviceIdStart + uuidBytes
const timeBytes = 6
const hashingMarkStart = issuedAtStart + timeBytes
const hashingMarkBytes = 6
const passwordMarkStart = hashingMarkStart + hashingMarkBytes
const passwordMarkBytes = 12
const contentBytes = passwordMarkStart + passwordMarkBytes

/** Creates device tokens: user id, device id, time, and marks of the password's hash and of how it was made, signed. None is stored. */
export function createDeviceTokens({ keyring, hashing }: DeviceTokensSettings): DeviceTokens {
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ deviceTokenKey }) => deviceTokenKey })

  /** The first bytes under each secret, the newest first. Text begins with a letter, signed content with its version. */
  function marks(text: string, bytes: number): Buffer[] {
    const secrets = [keyring.newest, ...keyring.byId.values()]
    return secrets.map(({ deviceTokenKey }) =>
      createHmac('sha256', deviceTokenKey).update(text).digest().subarray(0, bytes),
    )
  }

  const hashingMarks = marks(`hashing ${hashing}`, hashingMarkBytes)
  const passwordMarks = (hash: PasswordHash | null) => marks(`password ${hash}`, passwordMarkBytes)

  return {
    issue({ userId, deviceId, issuedAt }, passwordHash) {
      const content = Buffer.alloc(contentBytes)
      writeUuid(content, userId, 0)
      writeUuid(content, deviceId, deviceIdStart)
      content.writeUIntBE(issuedAt, issuedAtStart, timeBytes)
      content.set(hashingMarks[0] as Buffer, hashingMarkStart)
      content.set(passwordMarks(passwordHash)[0] as Buffer, passwordMarkStart)
      return signed.issue(content)
    },

    read(token) {
      const content = signed.read(token)
      if (content === null) return null
      const hashingMark = content.subarray(hashingMarkStart, passwordMarkStart)
      const passwordMark = content.subarray(passwordMarkStart)
      return {
        userId: readUuid(content, 0),
        deviceId: readUuid(content, deviceIdStart),
        issuedAt: content.readUIntBE(issuedAtStart, timeBytes),
        standing(passwordHash) {
          if (passwordMarks(passwordHash).some(mark => mark.equals(passwordMark))) return 'current'
          return hashingMarks.some(mark => mark.equals(hashingMark)) ? 'over' : 'perhaps'
        },
      }
    },
  }
}
