import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { EpochMilliseconds } from '../storage/records.js'

/** RFC 4226, section 4: at least 128 bits, and 160 are recommended. */
const secretBytes = 20
const digits = 6
const stepMilliseconds = 30_000
/** How many steps a clock may be behind or ahead (RFC 6238, section 5.2). */
const windowSteps = 1

/** RFC 4648, section 6, without padding: all authenticator apps read it. */
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function newTotpSecret(): Buffer {
  return randomBytes(secretBytes)
}

/** Encodes bytes in Base32 without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map(group => base32Alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** Returns the one-time password of a counter (RFC 4226, section 5.3), with HMAC-SHA-1 and six digits. */
export function hotp(secret: Buffer, counter: number): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', secret).update(message).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** Returns the number of the time step of an instant (RFC 6238, section 4.2). */
export function totpStep(now: EpochMilliseconds): number {
  return Math.floor(now / stepMilliseconds)
}

export interface TotpMatch {
  readonly now: EpochMilliseconds
  /** The last step whose code was accepted, or `null`. */
  readonly lastStep: number | null
}

/**
 * Returns the newest time step whose code this is, within one step of now and after the last accepted one; `null` if there is
 * none. Two adjacent steps can have the same code: the newest is taken, so that the code cannot be used for the other one.
 * Always computes and compares all codes of the window.
 */
export function matchTotpStep(secret: Buffer, code: string, { now, lastStep }: TotpMatch): number | null {
  const present = totpStep(now)
  const given = Buffer.from(code)
  const matching: number[] = []
  for (let step = Math.max(0, present - windowSteps); step <= present + windowSteps; step += 1) {
    const isEqual = given.length === digits && timingSafeEqual(Buffer.from(hotp(secret, step)), given)
    if (isEqual && step > (lastStep ?? -1)) matching.push(step)
  }
  return matching.at(-1) ?? null
}

/** Returns the URI that authenticator apps read from a QR code (Google Authenticator, Key Uri Format). */
export function totpUri(
  secret: Buffer,
  { appName, account }: { readonly appName: string; readonly account: string },
): string {
  const label = `${encodeURIComponent(appName)}:${encodeURIComponent(account)}`
  const parameters = [
    `secret=${toBase32(secret)}`,
    `issuer=${encodeURIComponent(appName)}`,
    'algorithm=SHA1',
    `digits=${digits}`,
    `period=${stepMilliseconds / 1000}`,
  ]
  return `otpauth://totp/${label}?${parameters.join('&')}`
}
