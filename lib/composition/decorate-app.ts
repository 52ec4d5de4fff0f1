import type { FastifyInstance } from 'fastify'
import { updateProfile } from '../features/accounts/update-profile.js'
import { revokeApiKey } from '../features/api-keys/revoke-api-key.js'
import { listEvents } from '../features/audit-log/list-events.js'
import type { OrganizationAdministration } from '../features/organization-administration.js'
import type { RouteDependencies } from '../features/route-dependencies.js'
import { clearSecondFactor } from '../features/second-factor/clear-second-factor.js'
import { userOfCredential } from '../features/sessions/user-of-credential.js'
import { currentUser } from '../http/guards.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import type { Built } from './compose-dependencies.js'
import { healthOf } from './compose-revocation.js'
import type { FastAuth } from './fast-auth.js'
import { createUserAdministration } from './user-administration.js'

/** Adds `app.fastAuth`, `request.user` and `request.loadUser`. */
export function decorateApp(
  app: FastifyInstance,
  { guards, clock }: RouteDependencies,
  { dependencies, storage, flushEvents, feed, organizationAdministration }: Built,
): void {
  function administration(): OrganizationAdministration {
    if (organizationAdministration === null)
      throw new TypeError('This function of fast-auth needs the option "organizations"')
    return organizationAdministration
  }

  const fastAuth: FastAuth = {
    ...guards,
    ...createUserAdministration(dependencies, clock),
    async revokeApiKey(key) {
      const { apiKeys: apiKeyStore } = storage
      if (apiKeyStore === undefined) throw new TypeError('The storage of fast-auth has no API keys')
      return revokeApiKey({ ...dependencies, apiKeyStore }, { key, now: clock() })
    },
    async clearSecondFactor(userId) {
      const { secondFactors: secondFactorStore } = storage
      if (secondFactorStore === undefined) throw new TypeError('The storage of fast-auth has no second factors')
      return clearSecondFactor({ ...dependencies, secondFactorStore }, { userId, now: clock() })
    },
    deleteOrganization: async request => administration().deleteOrganization(request, clock()),
    changeMemberRole: async request => administration().changeMemberRole(request, clock()),
    updateProfile: (userId, patch) => updateProfile(dependencies, { userId, patch, now: clock() }),
    async listEvents(request = {}) {
      const { events: eventStore } = storage
      if (eventStore === undefined) throw new TypeError('The storage of fast-auth has no events')
      await flushEvents()
      return listEvents({ eventStore }, request)
    },
    health: () => healthOf(feed),
  }
  app.decorate('fastAuth', fastAuth)
  // The host's own @fastify/jwt may have declared it already.
  if (!app.hasRequestDecorator('user')) app.decorateRequest('user', null)
  app.decorateRequest('loadUser', async function (): Promise<LoadedUser> {
    return withoutPasswordHash(await userOfCredential(dependencies, { userId: currentUser(this).id }))
  })
}
