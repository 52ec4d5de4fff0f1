import { RequestSignInCodeBody, SignInCodeRequested } from './request-sign-in-code.js'
import { SignInWithCodeBody } from './sign-in-with-code.js'

/** The schemas of mailed sign-in codes with a name in the OpenAPI document. */
export const emailCodeSchemas = [RequestSignInCodeBody, SignInCodeRequested, SignInWithCodeBody] as const

export { RequestSignInCodeBody, requestSignInCode, SignInCodeRequested } from './request-sign-in-code.js'
export { SignInWithCodeBody, signInWithCode } from './sign-in-with-code.js'
