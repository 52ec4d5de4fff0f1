import type { FastifyRequest } from 'fastify'
import { SessionRequiredError, UnauthenticatedError } from '../errors/index.js'
import type { AuthenticatedUser } from './authentication.js'

/** @throws {SessionRequiredError} The user has come with an API key. */
export function sessionOf(user: AuthenticatedUser): AuthenticatedUser & { readonly via: 'session' } {
  if (user.via !== 'session') throw new SessionRequiredError()
  return user
}

/**
 * Returns the user of the request.
 * @param request a request that has passed a guard
 * @throws {UnauthenticatedError} No guard has run, or the request has no credential.
 * @example
 * ```ts
 * app.get('/me', { onRequest: app.fastAuth.authenticate }, async request => {
 *   const user = currentUser(request)
 *   return user.via === 'session' ? user.sessionId : user.scopes
 * })
 * ```
 */
export function currentUser(request: FastifyRequest): AuthenticatedUser {
  if (!request.user) throw new UnauthenticatedError()
  return request.user
}

/** Returns the signed-in user. @throws {SessionRequiredError} if the request has an API key. */
export function currentSession(request: FastifyRequest): AuthenticatedUser & { readonly via: 'session' } {
  return sessionOf(currentUser(request))
}
