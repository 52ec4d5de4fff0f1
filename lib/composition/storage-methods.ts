import { accountMethods } from '../features/accounts/port.js'
import { apiKeyMethods } from '../features/api-keys/port.js'
import { eventMethods } from '../features/audit-log/port.js'
import { emailMethods } from '../features/email/port.js'
import { emailCodeMethods } from '../features/email-codes/port.js'
import { organizationMethods } from '../features/organizations/port.js'
import { passkeyMethods } from '../features/passkeys/port.js'
import { passwordMethods } from '../features/passwords/port.js'
import { providerMethods } from '../features/providers/port.js'
import { secondFactorMethods } from '../features/second-factor/port.js'
import { sessionMethods } from '../features/sessions/port.js'
import { kernelMethods } from '../storage/storage-methods.js'
import type { Storage } from './storage.js'

type Stores = Omit<Storage, 'reach'>
type Group = { [G in keyof Stores]: Stores[G] extends (...args: never[]) => unknown ? never : G }[keyof Stores]

/** All methods of the port by group: those of every feature. */
export const storageMethods = {
  users: [...accountMethods.users, ...passwordMethods.users],
  ...sessionMethods,
  ...emailMethods,
  ...apiKeyMethods,
  ...kernelMethods,
  ...eventMethods,
  ...secondFactorMethods,
  ...passkeyMethods,
  signInCodes: emailCodeMethods.signInCodes,
  ...providerMethods,
  ...organizationMethods,
} as const satisfies { [G in Group]: readonly (keyof Storage[G])[] }

export { lifecycleMethods } from '../storage/storage-methods.js'
