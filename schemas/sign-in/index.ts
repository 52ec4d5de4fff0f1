import { SignInBody } from './sign-in.js'

/** The schemas of sign-in with a name in the OpenAPI document. */
export const signInSchemas = [SignInBody] as const

export { SignInBody, signIn } from './sign-in.js'
