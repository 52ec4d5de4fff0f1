import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Keyring, keyIdBytes } from './keyring.js'

/** Encrypts stored texts, so that a reader of the database cannot read them. */
export interface Sealer {
  /** @param context identifies the place of the text, such as the id of its row: it cannot be opened with another context. */
  seal(text: string, context: string): string
  /** Returns the text, or `null` if it was altered, has another context, or was sealed with a secret that is not in the ring. */
  open(sealed: string, context: string): string | null
  /** Returns whether the text is sealed with the newest secret. If not, it cannot be opened once its secret is removed. */
  isCurrent(sealed: string): boolean
}

const algorithm = 'aes-256-gcm'
const version = 1
const nonceBytes = 12
const tagBytes = 16
const keyIdStart = 1
const nonceStart = keyIdStart + keyIdBytes
const contentStart = nonceStart + nonceBytes
const fewestBytes = contentStart + tagBytes

/**
 * Uses AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, safe for 2³² texts per secret. A sealed text is base64url of
 * version, key id, nonce, content and tag; the context is authenticated too. The length of the text is visible.
 */
export function createSealer(keyring: Keyring): Sealer {
  return {
    seal(text, context) {
      const { id, sealingKey } = keyring.newest
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, sealingKey, nonce, { authTagLength: tagBytes }).setAAD(
        Buffer.from(context),
      )
      const content = [cipher.update(text, 'utf8'), cipher.final()]
      const head = [Buffer.of(version), Buffer.from(id, 'base64url'), nonce]
      return Buffer.concat([...head, ...content, cipher.getAuthTag()]).toString('base64url')
    },

    isCurrent: sealed =>
      Buffer.from(sealed, 'base64url').toString('base64url', keyIdStart, nonceStart) === keyring.newest.id,

    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url')
      // Base64url decoders are lenient; a text that differs in one character must not be accepted as the same one.
      const isWellFormed = bytes.length >= fewestBytes && bytes.toString('base64url') === sealed && bytes[0] === version
      const key = keyring.byId.get(bytes.toString('base64url', keyIdStart, nonceStart))
      if (!isWellFormed || key === undefined) return null
      const nonce = bytes.subarray(nonceStart, contentStart)
      const decipher = createDecipheriv(algorithm, key.sealingKey, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-tagBytes))
      try {
        return decipher.update(bytes.subarray(contentStart, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
