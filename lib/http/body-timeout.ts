import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BodyTimeoutError } from '../errors/index.js'
import { mayHaveBody } from './guards.js'

/**
 * Makes the routes of `scope` wait for a body so long and no longer. A client that withholds the end of a body would hold a
 * connection, and what a guard has found out, for as long as Node.js waits for a request: five minutes by default.
 */
export function useBodyTimeout(scope: FastifyInstance, milliseconds: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  const stop = (request: FastifyRequest) => clearTimeout(timers.get(request))

  scope.addHook('preParsing', (request, _reply, payload, done) => {
    if (mayHaveBody(request)) {
      // Destroying the stream would destroy the connection, and the answer with it. The parser takes this for its failure.
      const timer = setTimeout(() => payload.emit('error', new BodyTimeoutError()), milliseconds)
      timers.set(request, timer)
      // When the parser has failed already, and its answer is still being made, nobody else listens.
      payload.on('error', () => {})
    }
    done(null, payload)
  })
  scope.addHook('preValidation', (request, _reply, done) => {
    stop(request)
    done()
  })
  scope.addHook('onSend', (request, _reply, payload, done) => {
    stop(request)
    done(null, payload)
  })
}
