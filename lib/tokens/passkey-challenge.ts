import { createHash, randomBytes } from 'node:crypto'
import type { EpochMilliseconds } from '../storage/records.js'
import type { Keyring } from './keyring.js'
import { createSignedBytes, readUuid, uuidBytes, writeUuid } from './signed-bytes.js'

/** A challenge that the plugin has issued and that has not expired. Whether it was used before is known to the storage alone. */
export interface ReadChallenge {
  /** SHA-256 of the challenge, base64url. */
  readonly challengeHash: string
  readonly expiresAt: EpochMilliseconds
}

/** What a challenge for the creation of a passkey belongs to. */
export interface RegistrationSubject {
  /** The only session that can register the passkey. */
  readonly sessionId: string
  /** The user handle of the passkey, base64url. */
  readonly userHandle: string
}

/** Issues and reads the challenges of passkeys (WebAuthn Level 3, section 13.4.3). They are signed, and stored nowhere. */
export interface PasskeyChallenges {
  issueRegistration(subject: RegistrationSubject, now: EpochMilliseconds): string
  /** Returns the content of an authentic challenge for a creation that is live at `now`, or `null` for any other text. */
  readRegistration(challenge: string, now: EpochMilliseconds): (ReadChallenge & RegistrationSubject) | null
  issueAuthentication(now: EpochMilliseconds): string
  /** Returns the content of an authentic challenge for a use that is live at `now`, or `null` for any other text. */
  readAuthentication(challenge: string, now: EpochMilliseconds): ReadChallenge | null
}

/** Lifetime of a challenge, in milliseconds. */
export const challengeLifetime = 300_000

/** Length of a user handle in bytes. */
export const userHandleBytes = 32

const ceremonies = { registration: 1, authentication: 2 } as const
type Ceremony = keyof typeof ceremonies

const ceremonyStart = 0
const expiryStart = ceremonyStart + 1
const expiryBytes = 6
const randomStart = expiryStart + expiryBytes
const sessionStart = randomStart + 32
const handleStart = sessionStart + uuidBytes
const contentBytes = handleStart + userHandleBytes

export function createPasskeyChallenges({ keyring }: { readonly keyring: Keyring }): PasskeyChallenges {
  const signed = createSignedBytes({ keyring, contentBytes, keyOf: ({ passkeyChallengeKey }) => passkeyChallengeKey })

  function newContent(ceremony: Ceremony, now: EpochMilliseconds): Buffer {
    const content = Buffer.alloc(contentBytes)
    content.writeUInt8(ceremonies[ceremony], ceremonyStart)
    content.writeUIntBE(now + challengeLifetime, expiryStart, expiryBytes)
    content.set(randomBytes(sessionStart - randomStart), randomStart)
    return content
  }

  function read(ceremony: Ceremony, challenge: string, now: EpochMilliseconds) {
    const content = signed.read(challenge)
    if (content === null || content.readUInt8(ceremonyStart) !== ceremonies[ceremony]) return null
    const expiresAt = content.readUIntBE(expiryStart, expiryBytes)
    if (now >= expiresAt) return null
    return { content, expiresAt, challengeHash: createHash('sha256').update(challenge).digest('base64url') }
  }

  return {
    issueRegistration({ sessionId, userHandle }, now) {
      const content = newContent('registration', now)
      writeUuid(content, sessionId, sessionStart)
      content.write(userHandle, handleStart, userHandleBytes, 'base64url')
      return signed.issue(content)
    },

    readRegistration(challenge, now) {
      const found = read('registration', challenge, now)
      if (found === null) return null
      const { content, ...known } = found
      const userHandle = content.subarray(handleStart).toString('base64url')
      return { ...known, sessionId: readUuid(content, sessionStart), userHandle }
    },

    issueAuthentication: now => signed.issue(newContent('authentication', now)),

    readAuthentication(challenge, now) {
      const found = read('authentication', challenge, now)
      return found === null ? null : { challengeHash: found.challengeHash, expiresAt: found.expiresAt }
    },
  }
}
