import '@fastify/jwt'
import type { AuthenticatedUser } from '../operations/authenticate.js'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    /** Who the request comes from, as a guard has found; `null` where none asked, or for a stranger. */
    user: AuthenticatedUser | null
  }
}
