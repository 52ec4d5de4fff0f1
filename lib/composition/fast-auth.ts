import type { Guards } from '../http/guards.js'
import type { ListEventsRequest, StoredAuthEvent } from '../operations/list-events.js'
import type { ApiKeyRevocation } from '../operations/revoke-api-key.js'
import type { ProfileChange } from '../operations/update-profile.js'
import type { UserProfile } from '../storage/storage.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { UserAdministration } from './user-administration.js'
import '../http/request-user.js'

export interface FastAuthHealth {
  /**
   * `stale`: what others have revoked could not be read for too long, so every request asks the storage; they are slower,
   * and 503 where it doesn't answer. `off`: the option `revocation` isn't `feed`.
   */
  readonly revocationFeed: 'current' | 'stale' | 'off'
}

/** What `app.fastAuth` offers. */
export interface FastAuth extends Guards, UserAdministration {
  /**
   * Deletes the API key that reads like this, whoever's it is: for one that has leaked. This process refuses it from then
   * on. What was mistyped or is unknown is told as the outcome, not thrown.
   */
  revokeApiKey(key: string): Promise<ApiKeyRevocation>

  /**
   * Puts these fields into the user's profile, those among them that are `readOnly` for people. All others stay. A user that
   * there is not is told as the outcome, not thrown.
   * @throws {TypeError} The fields are not as the option `profileSchema` says. It repeats no value.
   */
  updateProfile(userId: string, patch: Partial<UserProfile>): Promise<ProfileChange>
  /**
   * Events that `auditLog` has kept, the newest first: everybody's, or one user's. This process's own are all there; those
   * of others come within a second. @throws {RangeError} for a limit that isn't from 1 to 1000.
   */
  listEvents(request?: ListEventsRequest): Promise<readonly StoredAuthEvent[]>

  /** For a readiness check of your own. It asks nobody: whether the storage answers, `storage.ping()` tells. */
  health(): FastAuthHealth
}

declare module 'fastify' {
  interface FastifyInstance {
    fastAuth: FastAuth
  }
  interface FastifyRequest {
    /**
     * The full record of `request.user`, read from the storage.
     * @throws {UnauthenticatedError} without a user. @throws {SessionRevokedError} where the account is gone or disabled.
     */
    loadUser(): Promise<LoadedUser>
  }
}
