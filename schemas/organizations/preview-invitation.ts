import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { MailedToken, NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { InvitationPreview } from './invitation.js'

/** The body of a request of `previewInvitation` and `declineInvitation`. */
export const InvitationTokenBody = Type.Object(
  { token: MailedToken },
  { $id: 'fast-auth.AuthInvitationToken', additionalProperties: false },
)
export type InvitationTokenBody = Static<typeof InvitationTokenBody>

/** The schema of the operation `previewInvitation`. */
export const previewInvitation = {
  operationId: 'previewInvitation',
  summary: 'Show what an invitation is for',
  description: 'Requires the token of the mailed link, and does not use it up.',
  tags: ['Organisations'],
  security: [],
  querystring: NoQuery,
  body: reference(InvitationTokenBody),
  response: {
    200: reference(InvitationPreview, { description: 'The invitation' }),
    ...errorResponses({ body: true, 400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'] }),
  },
} satisfies OperationSchema
