/**
 * Hashes passwords in a tenth of a millisecond instead of a tenth of a second. For tests alone: if `NODE_ENV` is `production`,
 * the boot refuses it.
 * @example await app.register(fastAuth, { secrets, storage: memoryStorage(), passwords: { hasher: fastHasher } })
 */
export const fastHasher = 'scrypt-for-tests'
