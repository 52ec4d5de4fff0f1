import { type Static, Type } from '@sinclair/typebox'

/** The fields of a member beside the address, the user name and the password. */
export const Profile = Type.Object({
  displayName: Type.String({ minLength: 1, maxLength: 60 }),
  // `readOnly`: members can read the field, and only the server can set it.
  plan: Type.Optional(Type.Union([Type.Literal('free'), Type.Literal('pro')], { readOnly: true })),
})

type ProfileFields = Static<typeof Profile>

declare module 'fast-auth' {
  interface UserProfile extends ProfileFields {}
}
