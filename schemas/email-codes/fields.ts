import { Type } from '@sinclair/typebox'

/** The token that belongs to the browser or app that requested a code. */
export const CodeRequestToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'The `signInToken` of the response to `requestSignInCode`; with cookies, it is in a cookie instead',
  examples: ['AYx0…'],
})

/** A mailed code, as a user types it. */
export const SignInCode = Type.String({
  minLength: 8,
  maxLength: 32,
  description: 'The code of the message: eight letters and digits, in any case, with any spaces and hyphens',
  examples: ['K7QM-3X9D'],
})

/** A mailed code, as it is in the fragment of the mailed link. */
export const CodeInLink = Type.String({
  minLength: 8,
  maxLength: 32,
  description: 'The `token` in the fragment of the mailed link',
  examples: ['k7qm3x9d'],
})
