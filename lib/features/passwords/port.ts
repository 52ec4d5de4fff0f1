import type { PasswordHash } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'

/** The user knows their password. Holds if the hash is still stored; `stale` otherwise. */
export interface PasswordProof {
  /** The hash that the password was just verified against. */
  readonly hash: PasswordHash
}

declare module '../sessions/port.js' {
  interface ProofsByKind {
    readonly password: PasswordProof
  }
}

/** The methods of the storage that passwords need. */
export const passwordMethods = {
  users: ['changePassword', 'replacePasswordHash'],
} as const satisfies StorageMethods
