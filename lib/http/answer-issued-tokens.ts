import type { FastifyReply } from 'fastify'
import type { AuthResponse } from '../../schemas/index.js'
import type { EpochMilliseconds, SessionRecord, UserRecord } from '../storage/records.js'
import type { IssuedTokens } from '../tokens/issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'

export type Transport = 'cookie' | 'token'

export function timestamp(time: EpochMilliseconds): string {
  return new Date(time).toISOString()
}

export function timestampOrNull(time: EpochMilliseconds | null): string | null {
  return time === null ? null : timestamp(time)
}

/** Returns the fields of a user that they may see. */
export function publicUser(user: UserRecord): AuthResponse['user'] {
  const { id, email, username, profile } = user
  return {
    id,
    email,
    emailConfirmedAt: timestampOrNull(user.emailConfirmedAt),
    ...(username === null ? {} : { username }),
    profile,
    createdAt: timestamp(user.createdAt),
    lastSignInAt: timestampOrNull(user.lastSignInAt),
  }
}

/** The organisation is not in the schema of an application without organisations. */
function publicSession({ id, createdAt, expiresAt, organization }: SessionRecord): AuthResponse['session'] {
  return { id, createdAt: timestamp(createdAt), expiresAt: timestamp(expiresAt), organization }
}

/** Builds the answer to a newly signed-in user: tokens are in cookies or in the body, never in both. */
export function answerIssuedTokens(
  reply: FastifyReply,
  cookies: AuthCookies,
  issued: IssuedTokens,
  { transport, now }: { readonly transport: Transport; readonly now: EpochMilliseconds },
): AuthResponse {
  const { user, session, accessToken, accessTokenExpiresAt, refreshToken } = issued
  const answer = {
    user: publicUser(user),
    session: publicSession(session),
    accessTokenExpiresAt: timestamp(accessTokenExpiresAt),
  }
  if (transport === 'cookie') {
    cookies.set(reply, issued, now)
    return answer
  }
  const expiresIn = Math.ceil((accessTokenExpiresAt - now) / 1000)
  const tokens = refreshToken === null ? { accessToken } : { accessToken, refreshToken }
  return { ...answer, ...tokens, tokenType: 'Bearer', expiresIn }
}
