// Converts the users of better-auth into lines for `fast-auth import`. They keep their passwords.
// Run it: node examples/moving/from-better-auth.js < users.ndjson | npx fast-auth import -
import { createInterface } from 'node:readline'
import { newId } from './new-id.js'

const base64 = (/** @type {Buffer} */ bytes) => bytes.toString('base64').replace(/=+$/, '')

/**
 * Converts a hash. better-auth writes `salt:digest` in hexadecimal, by scrypt with N = 2^14, r = 16 and p = 1. It uses the
 * hexadecimal text itself as the salt. It hashes passwords in the Unicode form NFKC, and fast-auth in NFC. If a password has
 * characters such as `ﬁ` or `①`, the hashes differ, and the user must reset it.
 * @param {string} password
 */
function passwordHash(password) {
  const [salt = '', digest = ''] = password.split(':')
  return `$scrypt$ln=14,r=16,p=1$${base64(Buffer.from(salt))}$${base64(Buffer.from(digest, 'hex'))}`
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, email, name, emailVerified, createdAt, password } = JSON.parse(line)
  const user = {
    id: newId(id),
    email,
    // A user who signs in only with a provider has no password.
    passwordHash: password === null ? null : passwordHash(password),
    createdAt: new Date(createdAt).toISOString(),
    // The time of the confirmation is unknown: uses the time of the sign-up.
    emailConfirmedAt: emailVerified ? new Date(createdAt).toISOString() : null,
    profile: { name },
  }
  process.stdout.write(`${JSON.stringify(user)}\n`)
}
