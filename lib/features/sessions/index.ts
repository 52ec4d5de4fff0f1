import { sessionSchemas } from '../../../schemas/sessions/index.js'
import { defineFeature } from '../define-feature.js'
import { getJwksRoute } from './get-jwks.route.js'
import { introspectTokenRoute } from './introspect-token.route.js'
import { listSessionsRoute } from './list-sessions.route.js'
import { sessionMethods } from './port.js'
import { refreshSessionRoute } from './refresh-session.route.js'
import { revokeOtherSessionsRoute } from './revoke-other-sessions.route.js'
import { revokeSessionRoute } from './revoke-session.route.js'
import { signOutRoute } from './sign-out.route.js'

/** Sessions: their tokens, refreshes and ends. */
export const sessions = defineFeature<object, object>({
  name: 'sessions',
  schemas: sessionSchemas,
  storageMethods: sessionMethods,
  routes: [
    refreshSessionRoute,
    signOutRoute,
    listSessionsRoute,
    revokeSessionRoute,
    revokeOtherSessionsRoute,
    introspectTokenRoute,
    getJwksRoute,
  ],
})
