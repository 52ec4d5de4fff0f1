import { getJwks as schema } from '../../schemas/get-jwks.js'
import { getJwks } from '../operations/get-jwks.js'
import type { Route } from './route-dependencies.js'

/** It is no secret, and every verifier asks for it. */
const cacheControl = 'public, max-age=300'

export const getJwksRoute: Route = (scope, { dependencies }) => {
  scope.get('/.well-known/jwks.json', { schema }, async (_, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: getJwks(dependencies).keys.map(key => ({ ...key })) }
  })
}
