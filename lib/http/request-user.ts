import type { FastifyReply } from 'fastify'
import type { AuthenticatedUser } from '../operations/authenticate.js'

/** The property that guards set. */
interface RequestWithUser {
  /** Who the request comes from, as a guard has found; `null` where none asked, or for a stranger. */
  user: AuthenticatedUser | null
}

/** Adds nothing: `@fastify/jwt` types `request.user` itself, by the `FastifyJWT` that the host declares. */
type RequestOfJwt = object

/** The types of `@fastify/jwt`, wherever the program loads them, add `jwtSign` to the reply. */
type GuardedRequest = 'jwtSign' extends keyof FastifyReply ? RequestOfJwt : RequestWithUser

declare module 'fastify' {
  interface FastifyRequest extends GuardedRequest {}
}
