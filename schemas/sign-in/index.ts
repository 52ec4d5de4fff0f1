import { CompleteSignInBody } from './complete-sign-in.js'
import { ReauthenticateBody } from './reauthenticate.js'
import { SecondFactorRequired } from './second-factor-required.js'
import { SignInBody } from './sign-in.js'

/** The schemas of sign-in with a name in the OpenAPI document. */
export const signInSchemas = [SignInBody, SecondFactorRequired, CompleteSignInBody, ReauthenticateBody] as const

export { CompleteSignInBody, completeSignIn } from './complete-sign-in.js'
export { ReauthenticateBody, reauthenticate } from './reauthenticate.js'
export { SecondFactorRequired } from './second-factor-required.js'
export { SignInBody, signIn, signInWithSecondFactor } from './sign-in.js'
