import { type Static, Type } from '@sinclair/typebox'
import { AnyProfile } from './any-profile.js'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { NoQuery } from './fields.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { reference } from './reference.js'
import { User } from './user.js'

const Update = Type.Object({ profile: AnyProfile }, { $id: 'fast-auth.AuthUpdateMe', additionalProperties: false })

/**
 * In an application, `profile` is its own `profileSchema` without the fields that are `readOnly`, none required; where
 * users may have names there is also `username`, and at least one of the two is asked for: see `schemasWithUsername`.
 */
export const UpdateMeBody = Type.Unsafe<Partial<Static<typeof Update>> & { username?: string | null }>(Update)
export type UpdateMeBody = Static<typeof UpdateMeBody>

export const UpdatedUser = Type.Object({ user: reference(User) }, { $id: 'fast-auth.AuthUpdatedUser' })
export type UpdatedUser = Static<typeof UpdatedUser>

export const updateMe = {
  operationId: 'updateMe',
  summary: "Change one's profile, and one's user name where users have such",
  description:
    "The fields of the profile that are given take the place of those before, whole; all others stay. Fields that are the server's to set are refused. A user name that somebody has is a 409, and then nothing is changed.",
  tags: ['Account'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(UpdateMeBody),
  response: {
    200: reference(UpdatedUser, { description: 'The user as they are now' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_USER_EXISTS'],
    }),
  },
} satisfies OperationSchema
