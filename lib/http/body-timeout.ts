import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BodyTimeoutError } from '../errors/index.js'
import { mayHaveBody } from './guard.js'

/**
 * Limits how long the routes of `scope` wait for a body. Otherwise a client that withholds the end of a body could keep a
 * connection, and the result of a guard, for as long as Node.js waits for a request: five minutes by default.
 */
export function useBodyTimeout(scope: FastifyInstance, milliseconds: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  const stop = (request: FastifyRequest) => clearTimeout(timers.get(request))

  scope.addHook('preParsing', (request, _reply, payload, done) => {
    if (mayHaveBody(request)) {
      // Destroying the stream would destroy the connection, and the answer with it. The parser handles this as its own failure.
      const timer = setTimeout(() => payload.emit('error', new BodyTimeoutError()), milliseconds)
      timers.set(request, timer)
      // If the parser has already failed and its answer is pending, there is no other listener.
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
