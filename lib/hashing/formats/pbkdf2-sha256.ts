import { pbkdf2 as pbkdf2WithCallback } from 'node:crypto'
import { promisify } from 'node:util'
import { saltedFormat } from './salted-format.js'

const derive = promisify(pbkdf2WithCallback)

/** passlib's own format, with `.` where base64 has `+`. Salts have up to 96 bytes; the digest has 32. */
const passlibPattern = /^\$pbkdf2-sha256\$([1-9]\d{0,6})\$([./A-Za-z0-9]{0,128})\$([./A-Za-z0-9]{43})$/

/** A PHC string, in which `l`, the length of the digest, may be omitted. */
const phcPattern = /^\$pbkdf2-sha256\$i=([1-9]\d{0,6})(?:,l=32)?\$([+/A-Za-z0-9]{0,128})\$([+/A-Za-z0-9]{43})$/

/** Some seconds; OWASP asks for 600,000. */
const maximumIterations = 5_000_000

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018), as passlib writes it, `$pbkdf2-sha256$29000$<salt>$<digest>`, or as a PHC string,
 * `$pbkdf2-sha256$i=29000$<salt>$<digest>`. Runs in libuv's thread pool. Not used for new hashes.
 */
export const pbkdf2Sha256 = saltedFormat<number>({
  parse(stored) {
    const match = passlibPattern.exec(stored) ?? phcPattern.exec(stored)
    if (match === null) return null
    const [iterations, salt = '', digest = ''] = match.slice(1).map(part => part.replaceAll('.', '+'))
    return { cost: Number(iterations), salt, digest }
  },
  isBounded: iterations => iterations <= maximumIterations,
  digestOf: (password, iterations, salt, digestBytes) => derive(password, salt, iterations, digestBytes, 'sha256'),
})
