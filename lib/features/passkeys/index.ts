import { passkeySchemas } from '../../../schemas/passkeys/index.js'
import { createPasskeyChallenges } from '../../tokens/passkey-challenge.js'
import { defineFeature } from '../define-feature.js'
import { deletePasskeyRoute } from './delete-passkey.route.js'
import type { OwnDependencies } from './dependencies.js'
import { getRelatedOriginsRoute } from './get-related-origins.route.js'
import { listPasskeysRoute } from './list-passkeys.route.js'
import type { PasskeySettings } from './options.js'
import { relatedOrigins } from './origins.js'
import { createPasskeyProofs } from './passkey-proofs.js'
import { createPasskeyVerifier } from './passkey-verifier.js'
import { type PasskeyStore, passkeyMethods } from './port.js'
import { registerPasskeyRoute } from './register-passkey.route.js'
import { renamePasskeyRoute } from './rename-passkey.route.js'
import { signInWithPasskeyRoute } from './sign-in-with-passkey.route.js'
import { startPasskeyRegistrationRoute } from './start-passkey-registration.route.js'
import { startPasskeySignInRoute } from './start-passkey-sign-in.route.js'

interface Options {
  /** `null`: there are no passkeys. */
  readonly passkeys: PasskeySettings | null
}

/** Passkeys: sign-in without a password (WebAuthn Level 3). */
export const passkeys = defineFeature<Options, { readonly passkeys?: PasskeyStore }, OwnDependencies>({
  name: 'passkeys',
  isOn: options => options.passkeys !== null,
  schemas: passkeySchemas,
  storageMethods: passkeyMethods,
  routes: [
    startPasskeySignInRoute,
    signInWithPasskeyRoute,
    startPasskeyRegistrationRoute,
    registerPasskeyRoute,
    listPasskeysRoute,
    renamePasskeyRoute,
    deletePasskeyRoute,
  ],
  rootRoutes: [
    {
      route: getRelatedOriginsRoute,
      isOn: ({ passkeys }) => passkeys !== null && relatedOrigins(passkeys).length > 0,
    },
  ],

  compose({ options, storage, keyring }) {
    const passkeySettings = options.passkeys as PasskeySettings
    const own = {
      passkeyStore: storage.passkeys as PasskeyStore,
      passkeySettings,
      passkeyChallenges: createPasskeyChallenges({ keyring }),
      passkeyVerifier: createPasskeyVerifier(passkeySettings),
    }
    return { own, proofs: dependencies => createPasskeyProofs({ ...dependencies, ...own }) }
  },
})
