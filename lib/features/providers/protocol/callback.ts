import { createHash, timingSafeEqual } from 'node:crypto'
import { isIssuerOf } from './expected-issuer.js'
import { InvalidAnswerError, ProviderFailure } from './provider-errors.js'

/** A callback with the right state and issuer. */
export type Callback =
  | { readonly outcome: 'denied' }
  | { readonly outcome: 'granted'; readonly code: string; readonly namesIssuer: boolean }

/** Error codes for a user who refuses: that of RFC 6749, section 4.1.2.1, and those of Apple and LinkedIn. */
const denials: ReadonlySet<string> = new Set(['access_denied', 'user_cancelled_authorize', 'user_cancelled_login'])
const failures: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable'])
const longestCode = 4096

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Returns the only value of a parameter. Two values could mean one thing here and another elsewhere. */
function only(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name)
  if (values.length > 1) throw new InvalidAnswerError('callback')
  return values[0]
}

/**
 * Reads the parameters of a callback. Nothing in them is trusted before `state` is right, which is compared in constant
 * time.
 * @throws {InvalidAnswerError} The state or the issuer is wrong, or there is no code.
 * @throws {ProviderFailure} The provider says that it failed.
 */
export function readCallback(
  parameters: URLSearchParams,
  expected: { readonly state: string; readonly issuer: string },
): Callback {
  const state = only(parameters, 'state')
  if (state === undefined || !timingSafeEqual(digest(state), digest(expected.state)))
    throw new InvalidAnswerError('state')
  const issuer = only(parameters, 'iss')
  if (issuer !== undefined && !isIssuerOf(expected.issuer, issuer)) throw new InvalidAnswerError('issuer')
  const error = only(parameters, 'error')
  if (error !== undefined) {
    if (denials.has(error)) return { outcome: 'denied' }
    if (failures.has(error)) throw new ProviderFailure('status')
    throw new InvalidAnswerError('request_refused')
  }
  const code = only(parameters, 'code')
  if (code === undefined || code === '' || code.length > longestCode) throw new InvalidAnswerError('callback')
  return { outcome: 'granted', code, namesIssuer: issuer !== undefined }
}
