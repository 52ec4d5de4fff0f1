import type { StorageMethods } from '../../storage/storage-methods.js'

/** The methods of the storage that passwords need. */
export const passwordMethods = {
  users: ['changePassword', 'replacePasswordHash'],
} as const satisfies StorageMethods
