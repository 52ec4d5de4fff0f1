import type { Guards } from './http/guards.js'
import type { LoadedUser } from './tokens/claims-hook.js'
import './http/request-user.js'

/** What `app.fastAuth` offers. */
export interface FastAuth extends Guards {}

declare module 'fastify' {
  interface FastifyInstance {
    fastAuth: FastAuth
  }
  interface FastifyRequest {
    /**
     * The full record of `request.user`, read from the storage.
     * @throws {UnauthenticatedError} without a user. @throws {SessionRevokedError} where the account is gone.
     */
    loadUser(): Promise<LoadedUser>
  }
}
