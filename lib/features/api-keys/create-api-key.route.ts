import { createApiKey as schema } from '../../../schemas/api-keys/create-api-key.js'
import { withMoreCodes } from '../../../schemas/error-responses.js'
import { currentSession } from '../../http/guards.js'
import { readTimestamp } from '../../http/read-timestamp.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { changedOperation } from '../../http/security-schemes.js'
import type { FeatureRoute } from '../feature.js'
import { publicNewApiKey } from './answer-api-key.js'
import { createApiKey } from './create-api-key.js'
import type { OwnDependencies } from './dependencies.js'

export const createApiKeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  const operation = dependencies.hasOrganizations
    ? changedOperation(schema, withMoreCodes(schema, 404, ['FAST_AUTH_ORGANIZATION_NOT_FOUND']))
    : schema
  scope.post('/api-keys', { schema: operation, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { name, scopes, expiresAt, organizationId = null } = request.body
    const created = await createApiKey(dependencies, {
      userId,
      sessionId,
      name,
      scopes,
      expiresAt: expiresAt === undefined ? undefined : readTimestamp(expiresAt, 'expiresAt'),
      organizationId: organizationId?.toLowerCase() ?? null,
      client: requestOriginOf(request),
      now: clock(),
    })
    reply.code(201)
    return publicNewApiKey(created)
  })
}
