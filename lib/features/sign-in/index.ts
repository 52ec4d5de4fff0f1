import { signInSchemas } from '../../../schemas/sign-in/index.js'
import { defineFeature } from '../define-feature.js'
import type { SecondFactorPolicy } from '../dependencies.js'
import { completeSignInRoute } from './complete-sign-in.route.js'
import { reauthenticateRoute } from './reauthenticate.route.js'
import { signInRoute } from './sign-in.route.js'

interface Options {
  readonly secondFactor: SecondFactorPolicy
  /** `null`: there are no passkeys. */
  readonly passkeys: object | null
  /** `null`: no codes are mailed. */
  readonly emailSignIn: object | null
  /** `null`: there are no other providers. */
  readonly identities: object | null
}

const hasSecondFactor = ({ secondFactor }: Options) => secondFactor !== 'off'

/** Returns whether there are proofs beside the password. */
const hasFurtherProofs = (options: Options) =>
  hasSecondFactor(options) || [options.passkeys, options.emailSignIn, options.identities].some(one => one !== null)

/** Sign-in with a password and, if the user has one, a second factor. */
export const signIn = defineFeature<Options, object>({
  name: 'sign-in',
  schemas: signInSchemas,
  storageMethods: {},
  routes: [
    signInRoute,
    { route: completeSignInRoute, isOn: hasSecondFactor },
    { route: reauthenticateRoute, isOn: hasFurtherProofs },
  ],
})
