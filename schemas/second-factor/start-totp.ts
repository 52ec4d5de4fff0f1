import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery, Timestamp } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'

/** A new authenticator app, before it is confirmed. */
export const NewTotp = Type.Object(
  {
    secret: Type.String({
      description: 'The secret in Base32, to type into the app if it cannot scan the QR code',
      examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'],
    }),
    uri: Type.String({
      description:
        'The `otpauth:` URI. Show it as a QR code that the client draws itself: the URI contains the secret.',
      examples: [
        'otpauth://totp/Example:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example&algorithm=SHA1&digits=6&period=30',
      ],
    }),
    expiresAt: Timestamp,
  },
  { $id: 'fast-auth.AuthNewTotp' },
)
export type NewTotp = Static<typeof NewTotp>

/** The schema of the operation `startTotp`. */
export const startTotp = {
  operationId: 'startTotp',
  summary: 'Begin to set up an authenticator app',
  description:
    'Requires that the user signed in or called `reauthenticate` in the last five minutes. The app is a second factor once `confirmTotp` has accepted its first code. A second call replaces an app that is not confirmed.',
  tags: ['Second factor'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    201: reference(NewTotp, { description: 'The secret of the app; confirm it before `expiresAt`' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'],
      409: ['FAST_AUTH_TOTP_ALREADY_SET'],
    }),
  },
} satisfies OperationSchema
