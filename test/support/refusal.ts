import { STATUS_CODES } from 'node:http'
import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { passwordRules } from '../../schemas/index.js'

/** The headers of every answer of the plugin’s routes. */
export const answerHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const

/** Asserts that one of our routes refused: status, code, the documented shape and nothing else, no cookie, no caching. */
export function refused(t: Test, answer: LightMyRequestResponse, statusCode: number, code: string): void {
  const { validation, rule, taken, ...body } = answer.json()
  t.matchOnly(
    body,
    { statusCode, code, error: STATUS_CODES[statusCode], message: /^[A-Z"a-z].{10,}/ },
    `refused as ${code}`,
  )
  t.equal(answer.statusCode, statusCode)
  t.equal(validation !== undefined, code === 'FST_ERR_VALIDATION', 'details come with validation errors')
  t.equal(passwordRules.includes(rule), code === 'FAST_AUTH_PASSWORD_TOO_WEAK', 'a weak password says which rule')
  t.equal(taken !== undefined, code === 'FAST_AUTH_USER_EXISTS', 'the taken value is named')
  t.equal(answer.headers['set-cookie'], undefined, 'no cookie is set or cleared')
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['www-authenticate'] !== undefined, statusCode === 401, 'a 401 names the scheme')
  t.equal(answer.headers['retry-after'] !== undefined, statusCode === 503, 'a 503 says when to come back')
}
