import { secondFactorSchemas } from '../../../schemas/second-factor/index.js'
import { defineFeature } from '../define-feature.js'
import type { SecondFactorPolicy } from '../dependencies.js'
import { confirmTotpRoute } from './confirm-totp.route.js'
import type { OwnDependencies } from './dependencies.js'
import { getSecondFactorRoute } from './get-second-factor.route.js'
import { type SecondFactorStore, secondFactorMethods } from './port.js'
import { createSecondFactorProofs } from './prove.js'
import { removeTotpRoute } from './remove-totp.route.js'
import { renewRecoveryCodesRoute } from './renew-recovery-codes.route.js'
import { startTotpRoute } from './start-totp.route.js'

interface Options {
  readonly secondFactor: SecondFactorPolicy
}

/** The second factor: authenticator apps and recovery codes. */
export const secondFactor = defineFeature<Options, { readonly secondFactors?: SecondFactorStore }, OwnDependencies>({
  name: 'second-factor',
  isOn: options => options.secondFactor !== 'off',
  schemas: secondFactorSchemas,
  storageMethods: secondFactorMethods,
  routes: [getSecondFactorRoute, startTotpRoute, confirmTotpRoute, removeTotpRoute, renewRecoveryCodesRoute],

  compose({ storage, sealer, appName }) {
    const own = { secondFactorStore: storage.secondFactors as SecondFactorStore, sealer, appName }
    return { own, proofs: () => createSecondFactorProofs(own) }
  },
})
