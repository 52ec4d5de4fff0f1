import { getJwks as schema } from '../../../schemas/sessions/get-jwks.js'
import type { Route } from '../route-dependencies.js'
import { getJwks } from './get-jwks.js'

/** The keys are public, and every verifier requests them. */
const cacheControl = 'public, max-age=300'

export const getJwksRoute: Route = (scope, { dependencies }) => {
  scope.get('/.well-known/jwks.json', { schema }, async (_, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: getJwks(dependencies).keys.map(key => ({ ...key })) }
  })
}
