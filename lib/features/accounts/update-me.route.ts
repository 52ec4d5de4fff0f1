import { updateMe as schema } from '../../../schemas/accounts/update-me.js'
import { publicUser } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { Route } from '../route-dependencies.js'
import { updateMe } from './update-me.js'

export const updateMeRoute: Route = (scope, { dependencies, guards, clock }) => {
  scope.patch('/me', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const asked = { ...request.body, userId, sessionId, client: requestOriginOf(request), now: clock() }
    return { user: publicUser(await updateMe(dependencies, asked)) }
  })
}
