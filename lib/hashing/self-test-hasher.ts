import { randomBytes } from 'node:crypto'
import { PasswordHasherUnavailableError } from '../errors/index.js'
import type { PasswordHasher } from './formats/password-format.js'
import { createPasswords } from './passwords.js'
import type { PepperRing } from './pepper-ring.js'

async function isConsistent(hasher: PasswordHasher, peppers: PepperRing): Promise<boolean> {
  const passwords = createPasswords({ hasher: hasher.trial(), peppers, concurrency: 1, queueLimit: 0 })
  const password = randomBytes(16).toString('hex')
  const hash = await passwords.hash(password, null)
  const right = await passwords.check(password, hash, null)
  const wrong = await passwords.check(`${password}0`, hash, null)
  return right.isRight && right.rehash.outcome === 'current' && !wrong.isRight && !hasher.needsRehash(hasher.decoy)
}

/**
 * The self-test at boot: hashes a random password with the configured format and the newest pepper, and checks that it
 * verifies and another password does not. It uses minimal parameters, so it takes milliseconds: it tests the native library,
 * the pepper and the encoding of hashes, not the cost.
 * @throws {PasswordHasherUnavailableError}
 */
export async function selfTestHasher(hasher: PasswordHasher, peppers: PepperRing): Promise<void> {
  const sentence = `Passwords cannot be hashed with ${hasher.setting} here: the self-test failed`
  let cause: unknown
  try {
    if (await isConsistent(hasher, peppers)) return
  } catch (error) {
    cause = error
  }
  throw new PasswordHasherUnavailableError(sentence, { cause })
}
