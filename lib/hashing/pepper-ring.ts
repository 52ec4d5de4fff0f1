import { createHmac, hkdfSync } from 'node:crypto'

/** A secret that passwords are mixed with before hashing, kept outside the database. */
export interface Pepper {
  /** Identifies the pepper in stored hashes; derived from the secret, so it does not depend on the process or the order of the ring. */
  readonly id: string
  /** Returns HMAC-SHA-256 of the password as 44 characters of base64, which are hashed instead of it. */
  mixInto(password: string): string
}

export interface PepperRing {
  /** Used for new hashes; `null`: none. */
  readonly newest: Pepper | null
  /** Every pepper by id: hashes made with any of them verify. */
  readonly byId: ReadonlyMap<string, Pepper>
}

/** The parts of a stored hash. */
export interface StoredHash {
  /** `null`: made without pepper. */
  readonly pepperId: string | null
  /** The output of the format. */
  readonly inner: string
}

const idBytes = 6
const keyBytes = 32

/** `s`: if the inner string has a line break, its format refuses it. */
const pattern = /^\$pepper\$k=([\w-]{8})(\$.*)$/s

function derive(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `fast-auth ${purpose}`, bytes))
}

function pepper(secret: string): Pepper {
  const key = derive(secret, 'pepper', keyBytes)
  return {
    id: derive(secret, 'pepper id', idBytes).toString('base64url'),
    mixInto: password => createHmac('sha256', key).update(password, 'utf8').digest('base64'),
  }
}

/** @param secrets newest first. Removing one makes every hash with it unverifiable. */
export function createPepperRing(secrets: readonly string[]): PepperRing {
  const peppers = secrets.map(pepper)
  return { newest: peppers[0] ?? null, byId: new Map(peppers.map(known => [known.id, known])) }
}

/** Prefixes a hash with the id of its pepper: `$pepper$k=<id>$bcrypt-sha256$…`. */
export function withPepperId(pepperId: string | null, inner: string): string {
  return pepperId === null ? inner : `$pepper$k=${pepperId}${inner}`
}

/** Splits a stored hash. No format begins with `$pepper$`, so that prefix always belongs to a pepper. */
export function readStoredHash(stored: string): StoredHash {
  const [, pepperId = null, inner = stored] = pattern.exec(stored) ?? []
  return { pepperId, inner }
}
