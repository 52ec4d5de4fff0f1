import type { Storage } from './storage.js'

type Stores = Omit<Storage, 'reach'>
type Group = { [G in keyof Stores]: Stores[G] extends (...args: never[]) => unknown ? never : G }[keyof Stores]

/** All methods of the port by group, for the boot check and the conformance suite. */
export const storageMethods = {
  users: [
    'create',
    'find',
    'findByEmail',
    'findByUsername',
    'list',
    'count',
    'changePassword',
    'replacePasswordHash',
    'updateProfile',
    'markEmailConfirmed',
    'disable',
    'enable',
    'delete',
  ],
  sessions: ['open', 'find', 'rotate', 'list', 'revoke', 'revokeAll'],
  oneTimeTokens: ['issue', 'find', 'confirmEmail', 'resetPassword', 'changeEmail'],
  apiKeys: ['create', 'list', 'findByHash', 'delete', 'roll', 'touch'],
  revocations: ['list'],
  outbox: ['add', 'claim', 'remove', 'postpone'],
  events: ['add', 'list'],
} as const satisfies { [G in Group]: readonly (keyof Storage[G])[] }

/** The methods of the storage itself, outside any group. */
export const lifecycleMethods = ['purge', 'migrate', 'ping', 'close'] as const satisfies readonly Exclude<
  keyof Stores,
  Group
>[]
