import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AnyProfile } from './any-profile.js'
import { User } from './user.js'

const Update = Type.Object({ profile: AnyProfile }, { $id: 'fast-auth.AuthUpdateMe', additionalProperties: false })

/**
 * In an application, `profile` is its `profileSchema` without the `readOnly` fields, and no field is required. If users
 * may have user names, there is also `username`, and at least one of the two is required: see `schemasWithUsername`.
 */
export const UpdateMeBody = Type.Unsafe<Partial<Static<typeof Update>> & { username?: string | null }>(Update)
export type UpdateMeBody = Static<typeof UpdateMeBody>

/** The user after an update. */
export const UpdatedUser = Type.Object({ user: reference(User) }, { $id: 'fast-auth.AuthUpdatedUser' })
export type UpdatedUser = Static<typeof UpdatedUser>

/** The schema of the operation `updateMe`. */
export const updateMe = {
  operationId: 'updateMe',
  summary: 'Change the profile, and the user name if the server has user names',
  description:
    'Each given profile field replaces its previous value completely; other fields do not change. Fields that only the server may set are refused. If the user name is taken, the response is 409 and nothing changes.',
  tags: ['Account'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(UpdateMeBody),
  response: {
    200: reference(UpdatedUser, { description: 'The updated user' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_USER_EXISTS'],
    }),
  },
} satisfies OperationSchema
