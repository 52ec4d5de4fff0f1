import { pbkdf2 as pbkdf2WithCallback } from 'node:crypto'
import { promisify } from 'node:util'
import type { PasswordFormat } from './password-format.js'
import { isSameDigest } from './same-digest.js'
import { fromBase64, isBase64 } from './unpadded-base64.js'

const derive = promisify(pbkdf2WithCallback)

/** passlib's own form, with `.` where base64 has `+`. Salts have up to 96 bytes; the digest has 32. */
const passlibPattern = /^\$pbkdf2-sha256\$([1-9]\d{0,6})\$([./A-Za-z0-9]{0,128})\$([./A-Za-z0-9]{43})$/

/** A PHC string, in which `l`, the length of the digest, may be left out. */
const phcPattern = /^\$pbkdf2-sha256\$i=([1-9]\d{0,6})(?:,l=32)?\$([+/A-Za-z0-9]{0,128})\$([+/A-Za-z0-9]{43})$/

/** Some seconds; OWASP asks for 600,000. */
const maximumIterations = 5_000_000

interface Stored {
  readonly iterations: number
  readonly salt: Buffer
  readonly digest: Buffer
}

function read(stored: string): Stored | null {
  const match = passlibPattern.exec(stored) ?? phcPattern.exec(stored)
  if (match === null) return null
  const [iterations = '', salt = '', digest = ''] = match.slice(1).map(part => part.replaceAll('.', '+'))
  if (Number(iterations) > maximumIterations || !isBase64(salt) || !isBase64(digest)) return null
  return { iterations: Number(iterations), salt: fromBase64(salt), digest: fromBase64(digest) }
}

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018), as passlib writes it, `$pbkdf2-sha256$29000$<salt>$<digest>`, or as a PHC string,
 * `$pbkdf2-sha256$i=29000$<salt>$<digest>`. It runs in libuv's thread pool. New hashes are never made with it.
 */
export const pbkdf2Sha256: PasswordFormat = {
  identifies: stored => read(stored) !== null,
  async verifies(password, stored) {
    const known = read(stored)
    if (known === null) return false
    const { iterations, salt, digest } = known
    return isSameDigest(await derive(password, salt, iterations, digest.length, 'sha256'), digest)
  },
}
