import type { StorageMethods } from '../../storage/storage-methods.js'

export type * from './invitation-port.js'
export type * from './membership-port.js'
export type * from './membership-record.js'
export type * from './organization-port.js'

/** The methods of the storage that organisations need. */
export const organizationMethods = {
  organizations: ['create', 'find', 'list', 'rename', 'delete'],
  memberships: ['list', 'changeRole', 'end', 'switch'],
  invitations: ['issue', 'find', 'list', 'revoke', 'decline', 'accept', 'signUp'],
} as const satisfies StorageMethods
