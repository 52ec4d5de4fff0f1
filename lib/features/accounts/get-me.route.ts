import { getMe as schema } from '../../../schemas/accounts/get-me.js'
import { publicUser } from '../../http/answer-issued-tokens.js'
import { currentUser } from '../../http/guards.js'
import type { Route } from '../route-dependencies.js'
import { userOfCredential } from '../sessions/user-of-credential.js'

export const getMeRoute: Route = (scope, { dependencies, guards }) => {
  scope.get('/me', { schema, onRequest: guards.authenticate }, async request => {
    const caller = currentUser(request)
    const user = publicUser(await userOfCredential(dependencies, { userId: caller.id }))
    const { via, organization } = caller
    const answer = { user, via, ...(organization === undefined ? {} : { organization }) }
    return caller.via === 'session' ? answer : { ...answer, scopes: [...caller.scopes] }
  })
}
