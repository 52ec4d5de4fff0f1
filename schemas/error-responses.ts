import type { TSchema } from '@sinclair/typebox'
import type { ErrorCode } from './error-codes.js'
import { errorResponse, type FrameworkErrorCode } from './error-response.js'

const descriptions = {
  400: 'The request does not match its schema, or the operation refuses a value',
  401: 'The credentials are missing, wrong or expired',
  403: 'The request is not allowed',
  404: 'The user has no such resource',
  408: 'The body did not arrive in time',
  409: 'The value is taken, or a limit is reached',
  413: 'The body is larger than 16 KiB',
  414: 'The id in the path is too long',
  415: 'The body is not application/json',
  429: 'Too many requests: retry after the number of seconds in Retry-After',
  500: 'An internal error; the log of the server has the cause',
  503: 'The server is overloaded or its storage is unavailable: retry after the number of seconds in Retry-After',
} as const

type Status = keyof typeof descriptions
type Codes = { readonly [S in Status]?: readonly (ErrorCode | FrameworkErrorCode)[] }

const always: Codes = {
  400: ['FST_ERR_VALIDATION'],
  429: ['FAST_AUTH_TOO_MANY_REQUESTS'],
  500: ['FAST_AUTH_INTERNAL_ERROR', 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED'],
  503: ['FAST_AUTH_STORAGE_UNAVAILABLE'],
}

const withBody: Codes = {
  400: ['FST_ERR_CTP_INVALID_JSON_BODY'],
  408: ['FAST_AUTH_BODY_TIMEOUT'],
  413: ['FST_ERR_CTP_BODY_TOO_LARGE'],
  415: ['FST_ERR_CTP_INVALID_MEDIA_TYPE'],
}

const statuses = Object.keys(descriptions).map(Number) as Status[]

/** Returns the error responses of an operation by status: its own codes and those that every operation of its kind has. */
export function errorResponses({ body, ...own }: Codes & { readonly body: boolean }): Record<number, TSchema> {
  const sources = body ? [always, withBody, own] : [always, own]
  return Object.fromEntries(
    statuses.flatMap(status => {
      const codes = sources.flatMap(source => source[status] ?? [])
      return codes.length === 0 ? [] : [[status, errorResponse(descriptions[status], codes)]]
    }),
  )
}

/** The 401 codes of a guard that requires a session or an API key. */
export const unauthenticatedCodes = [
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_SESSION_REVOKED',
  'FAST_AUTH_COOKIES_MISMATCHED',
  'FAST_AUTH_API_KEY_INVALID',
] as const satisfies readonly ErrorCode[]

/** The 403 codes of an operation that accepts a recent proof in place of the password. */
export const recentProofCodes = [
  'FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  'FAST_AUTH_SECOND_FACTOR_REQUIRED',
] as const satisfies readonly ErrorCode[]

interface WithResponses {
  readonly response: Readonly<Record<number, TSchema>>
}

/** Returns an operation that can also send these codes with this status. */
export function withMoreCodes<Operation extends WithResponses>(
  operation: Operation,
  status: Status,
  codes: readonly ErrorCode[],
): Operation {
  const present: readonly ErrorCode[] = operation.response[status]?.allOf[1].properties.code.enum ?? []
  return {
    ...operation,
    response: { ...operation.response, [status]: errorResponse(descriptions[status], [...present, ...codes]) },
  }
}
