import type { ProfileChange } from '../features/accounts/update-profile.js'
import type { ApiKeyRevocation } from '../features/api-keys/revoke-api-key.js'
import type { ListEventsRequest, StoredAuthEvent } from '../features/audit-log/list-events.js'
import type {
  ChangeMemberRoleAsOwner,
  DeleteOrganizationAsOwner,
  MemberRoleChanging,
  OrganizationDeleting,
} from '../features/organization-administration.js'
import type { SecondFactorClearing } from '../features/second-factor/clear-second-factor.js'
import type { Guards } from '../http/guards.js'
import type { UserProfile } from '../storage/user-profile.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import type { UserAdministration } from './user-administration.js'
import '../http/request-user.js'

/** The state of this process, as far as fast-auth knows it. */
export interface FastAuthHealth {
  /**
   * `stale`: revocations by other processes could not be read for too long, so every request asks the storage. Requests are
   * slower, and get 503 if the storage does not answer. `off`: the option `revocation` is not `feed`.
   */
  readonly revocationFeed: 'current' | 'stale' | 'off'
}

/** The guards and functions of `app.fastAuth`. */
export interface FastAuth extends Guards, UserAdministration {
  /**
   * Deletes the API key with this text, of any user, for example a key that has leaked. This process refuses it from then on. A
   * mistyped or unknown key is an outcome, not an error.
   * @param key the whole text of the key
   * @throws {TypeError} The storage has no group `apiKeys`.
   * @example
   * ```ts
   * const key = 'sk-…'
   * const { outcome } = await app.fastAuth.revokeApiKey(key)
   * if (outcome === 'revoked') console.log('The key is no longer accepted')
   * ```
   */
  revokeApiKey(key: string): Promise<ApiKeyRevocation>

  /**
   * Sets fields in the profile of a user, including those that are `readOnly` for users. All other fields stay. An unknown user
   * is an outcome, not an error.
   * @param patch new values by field
   * @throws {TypeError} The fields do not match the option `profileSchema`. The message contains no value.
   * @example
   * ```ts
   * const { outcome } = await app.fastAuth.updateProfile(userId, { plan: 'pro' })
   * if (outcome === 'unknownUser') throw new Error('There is no such user')
   * ```
   */
  updateProfile(userId: string, patch: Partial<UserProfile>): Promise<ProfileChange>

  /**
   * Removes all second factors and recovery codes of a user, for one who has lost them all. Ends their sessions and mails them.
   * Verify first who asks for it: from then on the password alone signs the user in.
   * @throws {TypeError} The storage has no group `secondFactors`.
   * @example
   * ```ts
   * const clearing = await app.fastAuth.clearSecondFactor(userId)
   * if (clearing.outcome === 'cleared') console.log(`${clearing.endedSessions} sessions have ended`)
   * ```
   */
  clearSecondFactor(userId: string): Promise<SecondFactorClearing>

  /**
   * Deletes an organisation in place of one of its owners. `deleteUser` refuses to delete the only owner of an organisation, with the
   * outcome `lastOwner`: delete the organisation first.
   * @throws {TypeError} The option `organizations` is not set.
   * @example
   * ```ts
   * const deletion = await app.fastAuth.deleteUser(userId)
   * if (deletion.outcome === 'lastOwner') {
   *   for (const organizationId of deletion.organizationIds)
   *     await app.fastAuth.deleteOrganization({ organizationId, ownerId: userId })
   * }
   * ```
   */
  deleteOrganization(request: DeleteOrganizationAsOwner): Promise<OrganizationDeleting>

  /**
   * Changes the role of a member, as an owner of the organisation could: for example to hand an organisation over.
   * @throws {ValidationError} The application has no such role. @throws {TypeError} The option `organizations` is not set.
   * @example
   * ```ts
   * const [organizationId, heirId] = ['0c5b2444-70a0-4932-980c-b4dc0d3f02b5', '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11']
   * await app.fastAuth.changeMemberRole({ organizationId, ownerId: userId, userId: heirId, role: 'owner' })
   * ```
   */
  changeMemberRole(request: ChangeMemberRoleAsOwner): Promise<MemberRoleChanging>

  /**
   * Returns events that the option `auditLog` has stored, newest first, of all users or of one. Events of this process are
   * complete; those of other processes appear within a second.
   * @throws {RangeError} `limit` is not a whole number from 1 to 1000.
   * @throws {TypeError} The storage has no group `events`.
   * @example
   * ```ts
   * const newest = await app.fastAuth.listEvents({ userId, limit: 20 })
   * const before = newest.at(-1)?.id
   * const older = before === undefined ? [] : await app.fastAuth.listEvents({ userId, limit: 20, before })
   * ```
   */
  listEvents(request?: ListEventsRequest): Promise<readonly StoredAuthEvent[]>

  /**
   * Returns the state of this process, for your own readiness check. It makes no storage call: `storage.ping()` checks whether
   * the storage answers.
   * @example
   * ```ts
   * app.get('/ready', async () => {
   *   await storage.ping()
   *   return app.fastAuth.health()
   * })
   * ```
   */
  health(): FastAuthHealth
}

declare module 'fastify' {
  interface FastifyInstance {
    fastAuth: FastAuth
  }
  interface FastifyRequest {
    /**
     * Reads the full record of `request.user` from the storage, without the password hash.
     * @throws {UnauthenticatedError} No guard has run, or the request has no credential.
     * @throws {SessionRevokedError} The account no longer exists or is disabled.
     * @example
     * ```ts
     * app.get('/profile', { onRequest: app.fastAuth.authenticate }, async request => (await request.loadUser()).profile)
     * ```
     */
    loadUser(): Promise<LoadedUser>
  }
}
