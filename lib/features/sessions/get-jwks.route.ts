import { getJwks as schema } from '../../../schemas/sessions/get-jwks.js'
import type { Route } from '../route-dependencies.js'

/** The keys are public, and every verifier requests them. */
const cacheControl = 'public, max-age=300'

export const getJwksRoute: Route = (scope, { dependencies }) => {
  scope.get('/.well-known/jwks.json', { schema }, async (_, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: dependencies.publicKeys.map(key => ({ ...key })) }
  })
}
