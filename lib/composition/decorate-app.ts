import type { FastifyInstance } from 'fastify'
import { getMe } from '../features/accounts/get-me.js'
import { updateProfile } from '../features/accounts/update-profile.js'
import { revokeApiKey } from '../features/api-keys/revoke-api-key.js'
import { listEvents } from '../features/audit-log/list-events.js'
import type { RouteDependencies } from '../features/route-dependencies.js'
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
  { dependencies, eventLog, feed }: Built,
): void {
  const fastAuth: FastAuth = {
    ...guards,
    ...createUserAdministration(dependencies, clock),
    revokeApiKey: key => revokeApiKey(dependencies, { key, now: clock() }),
    updateProfile: (userId, patch) => updateProfile(dependencies, { userId, patch, now: clock() }),
    async listEvents(request = {}) {
      await eventLog?.flush()
      return listEvents(dependencies.storage, request)
    },
    health: () => healthOf(feed),
  }
  app.decorate('fastAuth', fastAuth)
  // The host's own @fastify/jwt may have declared it already.
  if (!app.hasRequestDecorator('user')) app.decorateRequest('user', null)
  app.decorateRequest('loadUser', async function (): Promise<LoadedUser> {
    return withoutPasswordHash(await getMe(dependencies, { userId: currentUser(this).id }))
  })
}
