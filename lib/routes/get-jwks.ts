import { getJwks as schema } from '../../schemas/get-jwks.js'
import { getJwks } from '../operations/get-jwks.js'
import type { Route } from './route-rooms.js'

/** It is no secret, and every verifier asks for it. */
const cacheControl = 'public, max-age=300'

export const getJwksRoute: Route = (scope, { rooms }) => {
  scope.get('/.well-known/jwks.json', { schema }, async (_, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: getJwks(rooms).keys.map(key => ({ ...key })) }
  })
}
