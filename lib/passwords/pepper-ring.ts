import { createHmac, hkdfSync } from 'node:crypto'

/** A secret that passwords are mixed with before they are hashed, kept outside the database. */
export interface Pepper {
  /** Names the pepper in stored hashes; derived from the secret, so every process and every order of the ring agrees on it. */
  readonly id: string
  /** 44 characters of base64 in a password's place: HMAC-SHA-256 of it. */
  mixInto(password: string): string
}

export interface PepperRing {
  /** New hashes are made with it; `null`: with none. */
  readonly newest: Pepper | null
  /** Every pepper by id: hashes made with any of them verify. */
  readonly byId: ReadonlyMap<string, Pepper>
}

/** A stored hash, taken apart. */
export interface StoredHash {
  /** `null`: made without pepper. */
  readonly pepperId: string | null
  /** What the format wrote. */
  readonly inner: string
}

const idBytes = 6
const keyBytes = 32

/** `s`: an inner string with a line break in it is for its format to refuse. */
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

/** @param secrets newest first. One that is dropped takes with it every hash that was made with it. */
export function createPepperRing(secrets: readonly string[]): PepperRing {
  const peppers = secrets.map(pepper)
  return { newest: peppers[0] ?? null, byId: new Map(peppers.map(known => [known.id, known])) }
}

/** Puts the pepper's name in front of a hash that was made with it: `$pepper$k=<id>$bcrypt-sha256$…`. */
export function withPepperId(pepperId: string | null, inner: string): string {
  return pepperId === null ? inner : `$pepper$k=${pepperId}${inner}`
}

/** No format begins with `$pepper$`, so a name that stands there is a pepper's. */
export function readStoredHash(stored: string): StoredHash {
  const [, pepperId = null, inner = stored] = pattern.exec(stored) ?? []
  return { pepperId, inner }
}
