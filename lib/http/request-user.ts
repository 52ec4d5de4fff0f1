import type { FastifyReply } from 'fastify'
import type { AuthenticatedUser } from './authentication.js'

/** The property that guards set. */
interface RequestWithUser {
  /** The user of the request, as a guard has determined; `null` if no guard has run, or without a credential. */
  user: AuthenticatedUser | null
}

/** Adds nothing: `@fastify/jwt` types `request.user` itself, with the `FastifyJWT` that the host declares. */
type RequestOfJwt = object

/** The types of `@fastify/jwt`, if the program loads them, add `jwtSign` to the reply. */
type GuardedRequest = 'jwtSign' extends keyof FastifyReply ? RequestOfJwt : RequestWithUser

declare module 'fastify' {
  interface FastifyRequest extends GuardedRequest {}
}
