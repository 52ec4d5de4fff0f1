import { type Static, Type } from '@sinclair/typebox'

/** What a member has beside an address, a user name and a password. */
export const Profile = Type.Object({
  displayName: Type.String({ minLength: 1, maxLength: 60 }),
  // `readOnly`: members see it, and only the server sets it.
  plan: Type.Optional(Type.Union([Type.Literal('free'), Type.Literal('pro')], { readOnly: true })),
})

type ProfileFields = Static<typeof Profile>

declare module 'fast-auth' {
  interface UserProfile extends ProfileFields {}
}
