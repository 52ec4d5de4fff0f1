import { getRelatedOrigins as schema } from '../../../schemas/passkeys/get-related-origins.js'
import type { FeatureRoute } from '../feature.js'
import type { OwnDependencies } from './dependencies.js'
import { relatedOrigins } from './origins.js'

/** The origins are public, and browsers request them without credentials. */
const cacheControl = 'public, max-age=300'

export const getRelatedOriginsRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies }) => {
  const origins = relatedOrigins(dependencies.passkeySettings)
  scope.get('/.well-known/webauthn', { schema }, async (_, reply) => {
    reply.header('cache-control', cacheControl)
    return { origins: [...origins] }
  })
}
