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
   * `stale`: revocations by other processes could not be read for too long, so every request asks the storage. Requests are
   * slower, and get 503 if the storage does not answer. `off`: the option `revocation` is not `feed`.
   */
  readonly revocationFeed: 'current' | 'stale' | 'off'
}

/** The interface of `app.fastAuth`. */
export interface FastAuth extends Guards, UserAdministration {
  /**
   * Deletes the API key with this text, of any user: for a key that has leaked. This process refuses it from then on. A
   * mistyped or unknown key is an outcome, not an error.
   */
  revokeApiKey(key: string): Promise<ApiKeyRevocation>

  /**
   * Sets these fields in the user's profile, including those that are `readOnly` for people. All others stay. An unknown user
   * is an outcome, not an error.
   * @throws {TypeError} The fields do not match the option `profileSchema`. The message contains no value.
   */
  updateProfile(userId: string, patch: Partial<UserProfile>): Promise<ProfileChange>
  /**
   * Returns events that `auditLog` has stored, newest first: of all users, or of one. Events of this process are complete; those
   * of others appear within a second. @throws {RangeError} if `limit` is not from 1 to 1000.
   */
  listEvents(request?: ListEventsRequest): Promise<readonly StoredAuthEvent[]>

  /** For your own readiness check. It makes no storage call: use `storage.ping()` to check whether the storage answers. */
  health(): FastAuthHealth
}

declare module 'fastify' {
  interface FastifyInstance {
    fastAuth: FastAuth
  }
  interface FastifyRequest {
    /**
     * Reads the full record of `request.user` from the storage.
     * @throws {UnauthenticatedError} without a user. @throws {SessionRevokedError} The account no longer exists or is disabled.
     */
    loadUser(): Promise<LoadedUser>
  }
}
