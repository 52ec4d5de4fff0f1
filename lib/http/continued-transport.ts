import type { FastifyRequest } from 'fastify'
import { ValidationError } from '../errors/index.js'
import type { Transport } from './answer-issued-tokens.js'

/**
 * Returns how a request that continues its session gets the new tokens: by the way its access token came, unless it chooses another
 * one. The tokens of a session in cookies never come into a body, where a script could read them.
 * @throws {ValidationError} The session is in cookies, and the request asks for tokens in the body.
 */
export function continuedTransport({ headers }: FastifyRequest, chosen: Transport | undefined): Transport {
  const transport = headers.authorization === undefined ? 'cookie' : 'token'
  if (transport === 'cookie' && chosen === 'token')
    throw new ValidationError('transport', 'enum', 'must be cookie, since the session is in cookies')
  return chosen ?? transport
}
