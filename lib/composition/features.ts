import { accounts } from '../features/accounts/index.js'
import { apiKeys } from '../features/api-keys/index.js'
import { auditLog } from '../features/audit-log/index.js'
import { email } from '../features/email/index.js'
import { emailCodes } from '../features/email-codes/index.js'
import type { Feature } from '../features/feature.js'
import { organizations } from '../features/organizations/index.js'
import { passkeys } from '../features/passkeys/index.js'
import { passwords } from '../features/passwords/index.js'
import { providers } from '../features/providers/index.js'
import { secondFactor } from '../features/second-factor/index.js'
import { sessions } from '../features/sessions/index.js'
import { signIn } from '../features/sign-in/index.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import type { StorageOfSomeFeatures } from './storage.js'

/** Every feature, in the order of the OpenAPI document. */
export const features: readonly Feature<ResolvedOptions, StorageOfSomeFeatures>[] = [
  accounts,
  signIn,
  sessions,
  passwords,
  secondFactor,
  passkeys,
  emailCodes,
  providers,
  organizations,
  apiKeys,
  email,
  auditLog,
]

/** Returns the features that the options switch on. */
export function featuresOf(options: ResolvedOptions): typeof features {
  return features.filter(feature => feature.isOn(options))
}
