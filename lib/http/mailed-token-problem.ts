import type { FastifySchemaValidationError } from 'fastify'
import { OneTimeTokenInvalidError } from '../errors/index.js'

/**
 * Fastify's words for a request that is not as documented, but for a token that cannot be one, blank or no text at all:
 * it gets the answer of every other token that isn't good.
 */
export function mailedTokenProblem(problems: FastifySchemaValidationError[], part: string): Error {
  if (problems.some(({ instancePath }) => /^\/token(\/|$)/.test(instancePath))) return new OneTimeTokenInvalidError()
  return new Error(problems.map(({ instancePath, message }) => `${part}${instancePath} ${message}`).join(', '))
}
