import { type Static, Type } from '@sinclair/typebox'

/** Sign-in with a code or a link that is mailed to the user. */
export const EmailSignInOptions = Type.Object(
  {
    /**
     * Creates an account when a user enters the code that was mailed to an address without one. If it is `false`, such an address
     * gets no message. The response is the same in both cases.
     * @default false
     */
    signUp: Type.Optional(Type.Boolean({ default: false })),
  },
  { additionalProperties: false },
)
export type EmailSignInOptions = Static<typeof EmailSignInOptions>

/** The options with all defaults filled in. */
export type EmailSignInSettings = Required<EmailSignInOptions>
