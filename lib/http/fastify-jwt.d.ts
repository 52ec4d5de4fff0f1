import type { AuthenticatedUser } from './authentication.js'

// Types `request.user` in this repository, which loads `@fastify/jwt`. The package contains no declaration of it, because a
// second declaration of `FastifyJWT.user` would clash with the host's.
declare module '@fastify/jwt' {
  interface FastifyJWT {
    user: AuthenticatedUser | null
  }
}
