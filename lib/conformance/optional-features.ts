import type { Storage, StorageOfSomeFeatures } from '../composition/storage.js'
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
import { joinStorageMethods, kernelMethods, lifecycleMethods, type StorageMethods } from '../storage/storage-methods.js'

/** The features that an application can switch off. A storage may lack their methods. */
export const optionalFeatures = [
  'api-keys',
  'audit-log',
  'email',
  'email-codes',
  'organizations',
  'passkeys',
  'providers',
  'second-factor',
] as const

/** A feature that an application can switch off. */
export type OptionalFeature = (typeof optionalFeatures)[number]

const coreMethods = [accountMethods, passwordMethods, sessionMethods, kernelMethods]

const optionalMethods: { readonly [Feature in OptionalFeature]: StorageMethods } = {
  'api-keys': apiKeyMethods,
  'audit-log': eventMethods,
  email: emailMethods,
  'email-codes': emailCodeMethods,
  organizations: organizationMethods,
  passkeys: passkeyMethods,
  providers: providerMethods,
  'second-factor': secondFactorMethods,
}

/** @throws {TypeError} A name is not one of an optional feature; the message names those that are. */
export function refuseUnknownFeatures(features: readonly string[]): void {
  const known: readonly string[] = optionalFeatures
  const unknown = features.filter(name => !known.includes(name))
  if (unknown.length === 0) return
  const names = known.map(name => `"${name}"`).join(', ')
  throw new TypeError(
    `The option "features" of storageConformance has "${unknown.join('", "')}": its names are ${names}`,
  )
}

/** Returns the methods of a storage that has these optional features. */
export function methodsWith(features: readonly OptionalFeature[]): StorageMethods {
  return joinStorageMethods([...coreMethods, ...features.map(feature => optionalMethods[feature])])
}

/** Returns whether a storage of `partWith` has this feature. */
export function hasFeature(storage: Storage, feature: OptionalFeature): boolean {
  return Object.keys(optionalMethods[feature]).every(group => Reflect.get(storage, group) !== undefined)
}

/**
 * Returns the storage without the groups of other optional features: no case calls them, even if they exist. A case that runs
 * without a feature asks `hasFeature` before it uses the feature's group.
 */
export function partWith(features: readonly OptionalFeature[], storage: StorageOfSomeFeatures): Storage {
  const groups = Object.keys(methodsWith(features)).map(group => [group, Reflect.get(storage, group)])
  const ofStorage = lifecycleMethods
    .filter(method => typeof storage[method] === 'function')
    .map(method => [method, storage[method].bind(storage)])
  const part: object = Object.fromEntries([...groups, ...ofStorage])
  return part as Storage
}
