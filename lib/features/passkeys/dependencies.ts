import type { PasskeyChallenges } from '../../tokens/passkey-challenge.js'
import type { Dependencies } from '../dependencies.js'
import type { PasskeySettings } from './options.js'
import type { PasskeyVerifier } from './passkey-verifier.js'
import type { PasskeyStore } from './port.js'

/** What passkeys add to the dependencies of their routes. */
export interface OwnDependencies {
  readonly passkeyStore: PasskeyStore
  readonly passkeySettings: PasskeySettings
  readonly passkeyChallenges: PasskeyChallenges
  readonly passkeyVerifier: PasskeyVerifier
}

/** Dependencies of the operations on passkeys. */
export interface PasskeyDependencies extends Dependencies, OwnDependencies {}
