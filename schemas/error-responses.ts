import type { TSchema } from '@sinclair/typebox'
import type { ErrorCode } from './error-codes.js'
import { errorResponse, type FrameworkErrorCode } from './error-response.js'

const descriptions = {
  400: 'The request is not as documented',
  401: 'Not signed in, or not any more',
  403: 'Refused',
  404: 'No such thing of yours',
  408: 'The body took too long',
  409: 'Taken, or no room for more',
  413: 'The body is over 16 KiB',
  414: 'The id in the path is far too long',
  415: 'The body is not application/json',
  429: 'Too often: come back after Retry-After seconds',
  500: 'A fault of the server; its log has the cause',
  503: 'Come back after Retry-After seconds',
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

/** The refusals of an operation, by status: its own codes and those that any operation of its kind has. */
export function errorResponses({ body, ...own }: Codes & { readonly body: boolean }): Record<number, TSchema> {
  const sources = body ? [always, withBody, own] : [always, own]
  return Object.fromEntries(
    statuses.flatMap(status => {
      const codes = sources.flatMap(source => source[status] ?? [])
      return codes.length === 0 ? [] : [[status, errorResponse(descriptions[status], codes)]]
    }),
  )
}

/** What a guard can answer with when a session (or an API key) is asked for. */
export const unauthenticatedCodes = [
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_SESSION_REVOKED',
  'FAST_AUTH_COOKIES_MISMATCHED',
  'FAST_AUTH_API_KEY_INVALID',
] as const satisfies readonly ErrorCode[]
