import { randomBytes } from 'node:crypto'
import { PasswordHasherUnavailableError } from '../errors/index.js'
import type { PasswordHasher } from './formats/password-format.js'
import { createPasswords } from './passwords.js'
import type { PepperRing } from './pepper-ring.js'

async function isConsistent(hasher: PasswordHasher, peppers: PepperRing): Promise<boolean> {
  const passwords = createPasswords({ hasher: hasher.trial(), peppers, concurrency: 1, queueLimit: 0 })
  const password = randomBytes(16).toString('hex')
  const hash = await passwords.hash(password)
  const right = await passwords.check(password, hash)
  const wrong = await passwords.check(`${password}0`, hash)
  return right.isRight && right.rehash.outcome === 'current' && !wrong.isRight && hasher.isGoodEnough(hasher.decoy)
}

/**
 * The self-test at the boot: hashes a random password with the format that is chosen and the newest pepper, and looks
 * whether that one verifies and another doesn't. With the least parameters, so that it takes milliseconds: it is the
 * native library, the pepper and the way in which hashes are written and read again that are tried, not the cost.
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
