import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { ErrorCode } from './error-codes.js'
import { type PasswordRule, passwordRules } from './passwords/password-rules.js'

/** A field that identifies exactly one user. */
export type Identifier = 'email' | 'username'

/** The body of every error response: the shape of Fastify's errors, with a stable `code`. */
export const ErrorResponse = Type.Object(
  {
    statusCode: Type.Integer({ description: 'The HTTP status code of the response' }),
    code: Type.String({ description: 'A stable error code for programs' }),
    error: Type.String({ description: 'The name of the HTTP status' }),
    message: Type.String({ description: 'A sentence for a developer; its wording may change' }),
    rule: Type.Optional(
      Type.Unsafe<PasswordRule>({
        type: 'string',
        enum: [...passwordRules],
        description: 'With FAST_AUTH_PASSWORD_TOO_WEAK: the rule that the new password breaks',
      }),
    ),
    taken: Type.Optional(
      Type.Unsafe<Identifier>({
        type: 'string',
        enum: ['email', 'username'],
        description: 'With FAST_AUTH_USER_EXISTS: the field whose value belongs to another user',
      }),
    ),
    validation: Type.Optional(
      Type.Array(
        Type.Object({
          instancePath: Type.String({ description: 'JSON pointer to the invalid field' }),
          keyword: Type.String(),
          message: Type.Optional(Type.String()),
        }),
        { description: 'With FST_ERR_VALIDATION: one entry for each invalid field' },
      ),
    ),
  },
  {
    $id: 'fast-auth.AuthError',
    examples: [
      {
        statusCode: 401,
        code: 'FAST_AUTH_INVALID_CREDENTIALS',
        error: 'Unauthorized',
        message: 'The credentials are wrong',
      },
    ],
  },
)
export type ErrorResponse = Static<typeof ErrorResponse>

/** Codes of Fastify itself that the routes can send. */
export type FrameworkErrorCode =
  | 'FST_ERR_VALIDATION'
  | 'FST_ERR_CTP_INVALID_JSON_BODY'
  | 'FST_ERR_CTP_BODY_TOO_LARGE'
  | 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
  | 'FST_ERR_MAX_PARAM_LENGTH'

/** Returns the schema of an `AuthError` whose code is one of these. */
export function errorResponse(description: string, codes: readonly (ErrorCode | FrameworkErrorCode)[]): TSchema {
  return Type.Unsafe<ErrorResponse>({
    description: `${description}: ${codes.join(', ')}`,
    allOf: [
      { $ref: `${ErrorResponse.$id}#` },
      { type: 'object', properties: { code: { type: 'string', enum: [...codes] } }, required: ['code'] },
    ],
  })
}
