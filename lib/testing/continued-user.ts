import type { LightMyRequestResponse } from 'fastify'
import type { AuthResponse } from '../../schemas/sessions/auth-response.js'
import type { InjectableApp } from './post.js'
import { type SignedInUser, type SignedInWithTokens, signedInWithTokens } from './signed-in-user.js'

const hasTokens = (user: SignedInUser): user is SignedInWithTokens => 'accessToken' in user

/** Returns the body with the refresh token of the user, which an operation needs that continues the session. */
export function withRefreshToken(user: SignedInUser, body: object): object {
  return hasTokens(user) ? { ...body, refreshToken: user.refreshToken } : body
}

/**
 * Returns the user whose session goes on with the tokens of a response. With cookies, `inject` has kept them already.
 * @throws {Error} The status is not 200. The message has the status and the code.
 */
export function continuedUser<User extends SignedInUser>(
  app: InjectableApp,
  user: User,
  operationId: string,
  answer: LightMyRequestResponse,
): User {
  if (answer.statusCode !== 200) throw new Error(`${operationId} answered ${answer.statusCode}: ${answer.json().code}`)
  if (hasTokens(user)) return { ...user, ...signedInWithTokens(app, answer, user) }
  const { user: account, session } = answer.json<AuthResponse>()
  return { ...user, user: account, session }
}
