/**
 * Value of the option `passwords.hasher` for tests: a hash takes a tenth of a millisecond instead of a tenth of a second. If
 * `NODE_ENV` is `production`, the boot refuses it.
 * @example
 * ```ts
 * import { memoryStorage } from 'fast-auth/storage/memory'
 * import { fastHasher } from 'fast-auth/testing'
 *
 * await app.register(fastAuth, { secrets, storage: memoryStorage(), passwords: { hasher: fastHasher } })
 * ```
 */
export const fastHasher = 'scrypt-for-tests'
