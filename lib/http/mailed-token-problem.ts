import type { FastifySchemaValidationError } from 'fastify'
import { OneTimeTokenInvalidError } from '../errors/index.js'

/**
 * Returns Fastify's own validation error, except for a token that is blank or not text: it gets the answer of every other
 * invalid token.
 */
export function mailedTokenProblem(problems: FastifySchemaValidationError[], part: string): Error {
  if (problems.some(({ instancePath }) => /^\/(token|invitationToken)(\/|$)/.test(instancePath)))
    return new OneTimeTokenInvalidError()
  return new Error(problems.map(({ instancePath, message }) => `${part}${instancePath} ${message}`).join(', '))
}
