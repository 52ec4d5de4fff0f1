import { StorageIncompleteError } from '../errors/index.js'
import { missingMethods } from '../storage/missing-methods.js'
import { joinStorageMethods, kernelMethods } from '../storage/storage-methods.js'
import { featuresOf } from './features.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/**
 * Checks that the storage has the methods of all features that are on.
 * @throws {StorageIncompleteError} It lacks methods; the message names them.
 */
export function assertStorageComplete(options: ResolvedOptions): void {
  const needed = joinStorageMethods([...featuresOf(options).map(feature => feature.storageMethods), kernelMethods])
  const missing = missingMethods(options.storage, needed)
  if (missing.length === 0) return
  throw new StorageIncompleteError(
    `The option "storage" of fast-auth lacks ${missing.join(', ')}: see the Storage interface in "fast-auth/storage"`,
  )
}
