import { createRequire } from 'node:module'
import { PasswordHasherUnavailableError } from '../../errors/index.js'

/** What is used of the package `@node-rs/argon2`. */
export interface Argon2 {
  /** Argon2id, version 1.3, in libuv's thread pool. */
  hashRaw(
    password: string,
    options: {
      readonly salt: Buffer
      /** In KiB. */
      readonly memoryCost: number
      readonly timeCost: number
      readonly parallelism: number
      /** In bytes. */
      readonly outputLen: number
    },
  ): Promise<Buffer>
}

/**
 * The package `@node-rs/argon2`, which only those need who have argon2id hashes.
 * @param require Where the package is looked for: from here, unless told otherwise.
 * @throws {PasswordHasherUnavailableError} A sentence on how to install it.
 */
export function loadArgon2(require: NodeJS.Require = createRequire(import.meta.url)): Argon2 {
  try {
    return require('@node-rs/argon2')
  } catch (cause) {
    throw new PasswordHasherUnavailableError(
      'For argon2id hashes the package @node-rs/argon2 is needed. Install it: npm install @node-rs/argon2',
      { cause },
    )
  }
}
