import { hkdfSync } from 'node:crypto'

/** One secret and the keys that are derived from it. */
export interface SecretKey {
  /** Identifies the key in tokens; derived from the secret, so it does not depend on the process or the order of the ring. */
  readonly id: string
  /** The raw secret: the HS256 key, so that any JWT library verifies with it. */
  readonly secret: string
  /** HMAC-SHA-256 key of refresh tokens. */
  readonly refreshTokenKey: Buffer
  /** HMAC-SHA-256 key of device tokens. */
  readonly deviceTokenKey: Buffer
  /** HMAC-SHA-256 key of the tokens of sign-ins that wait for a second factor. */
  readonly signInTokenKey: Buffer
  /** HMAC-SHA-256 key of the challenges of passkeys. */
  readonly passkeyChallengeKey: Buffer
  /** HMAC-SHA-256 key of the tokens of requests of a mailed code. */
  readonly codeRequestKey: Buffer
  /** AES-256-GCM key for sealed texts in the storage. */
  readonly sealingKey: Buffer
}

export interface Keyring {
  /** Signs new tokens. */
  readonly newest: SecretKey
  /** All accepted keys by id. */
  readonly byId: ReadonlyMap<string, SecretKey>
}

/** Length of a key id in bytes; as text it is base64url, 8 characters. */
export const keyIdBytes = 6

/** HKDF-SHA-256 (RFC 5869) without salt: the purpose in `info` separates the derived keys. */
function derive(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `fast-auth ${purpose}`, bytes))
}

function secretKey(secret: string): SecretKey {
  return {
    id: derive(secret, 'key id', keyIdBytes).toString('base64url'),
    secret,
    refreshTokenKey: derive(secret, 'refresh token', 32),
    deviceTokenKey: derive(secret, 'device token', 32),
    signInTokenKey: derive(secret, 'sign-in token', 32),
    passkeyChallengeKey: derive(secret, 'passkey challenge', 32),
    codeRequestKey: derive(secret, 'code request', 32),
    sealingKey: derive(secret, 'sealing', 32),
  }
}

/** @param secrets newest first: the first one signs, all of them verify. Removing one invalidates what it signed. */
export function createKeyring([newest, ...older]: readonly [string, ...string[]]): Keyring {
  const keys = [secretKey(newest), ...older.map(secretKey)] as const
  return { newest: keys[0], byId: new Map(keys.map(key => [key.id, key])) }
}
