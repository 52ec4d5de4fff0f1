import { introspectToken as schema } from '../../../schemas/sessions/introspect-token.js'
import type { Route } from '../route-dependencies.js'
import { introspectToken } from './introspect-token.js'

export const introspectTokenRoute: Route = (scope, { dependencies, introspectionGuard, clock }) => {
  scope.post('/tokens/introspect', { schema, onRequest: introspectionGuard }, async request => {
    const { token } = request.body
    return introspectToken(dependencies, { token, userId: request.user?.id ?? null, now: clock() })
  })
}
