import { AuthError, type ClientErrorCode } from './auth-error.js'
import type { AuthError as Refusal } from './generated/operations.js'

function isRefusal<Code extends string>(value: unknown): value is Refusal & { code: Code } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.clone().text())
  } catch {
    // The body is not from fast-auth, or is incomplete.
    return undefined
  }
}

/** Returns the code of an error response, if it has one. Responses of proxies have none. */
export async function codeOf(response: Response): Promise<string | undefined> {
  const body = await bodyOf(response)
  return isRefusal(body) ? body.code : undefined
}

/** Parses Retry-After: a number of seconds, or a time by the clock of the server. */
function retryAfterSeconds({ headers }: Response): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

export function unexpected<Code extends string>(response: Response): AuthError<Code | ClientErrorCode> {
  const { status } = response
  const details = { statusCode: status, retryAfterSeconds: retryAfterSeconds(response) }
  return new AuthError<Code | ClientErrorCode>(
    'UNEXPECTED_ANSWER',
    `An answer ${status} that is not fast-auth's`,
    details,
  )
}

/** Returns the error of a response. */
export async function refusalOf<Code extends string>(response: Response): Promise<AuthError<Code | ClientErrorCode>> {
  const body = await bodyOf(response)
  if (!isRefusal<Code>(body)) return unexpected(response)
  const { code, message, ...details } = body
  const { status: statusCode } = response
  return new AuthError<Code | ClientErrorCode>(code, message, {
    ...details,
    statusCode,
    retryAfterSeconds: retryAfterSeconds(response),
  })
}
