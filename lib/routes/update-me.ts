import { updateMe as schema } from '../../schemas/update-me.js'
import { publicUser } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { updateMe } from '../operations/update-me.js'
import type { Route } from './route-rooms.js'

export const updateMeRoute: Route = (scope, { rooms, guards, clock }) => {
  scope.patch('/me', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const asked = { ...request.body, userId, sessionId, client: clientOf(request), now: clock() }
    return { user: publicUser(await updateMe(rooms, asked)) }
  })
}
