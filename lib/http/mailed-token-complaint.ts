import type { FastifySchemaValidationError } from 'fastify'
import { OneTimeTokenInvalidError } from '../errors/index.js'

/**
 * Fastify's words for a request that is not as documented, but for a token that cannot be one, blank or no text at all:
 * it gets the answer of every other token that isn't good.
 */
export function mailedTokenComplaint(complaints: FastifySchemaValidationError[], part: string): Error {
  if (complaints.some(({ instancePath }) => /^\/token(\/|$)/.test(instancePath))) return new OneTimeTokenInvalidError()
  return new Error(complaints.map(({ instancePath, message }) => `${part}${instancePath} ${message}`).join(', '))
}
