import { createRequire } from 'node:module'
import { PasswordHasherUnavailableError } from '../../errors/index.js'

/** The functions of the package `@node-rs/argon2` that are used. */
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
 * Loads the package `@node-rs/argon2`, which only applications with argon2id hashes need.
 * @param require resolves the package. Default: from this file.
 * @throws {PasswordHasherUnavailableError} The message says how to install it.
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
