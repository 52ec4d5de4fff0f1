import type { FastifyReply } from 'fastify'
import type { AuthResponse } from '../../schemas/index.js'
import type { SignedIn } from '../operations/open-session.js'
import type { Instant, SessionRecord, UserRecord } from '../storage/storage.js'
import type { AuthCookies } from './auth-cookies.js'

export type Transport = 'cookie' | 'token'

export function timestamp(instant: Instant): string {
  return new Date(instant).toISOString()
}

export function timestampOrNull(instant: Instant | null): string | null {
  return instant === null ? null : timestamp(instant)
}

/** A user as the person may see it. */
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

function publicSession({ id, createdAt, expiresAt }: SessionRecord): AuthResponse['session'] {
  return { id, createdAt: timestamp(createdAt), expiresAt: timestamp(expiresAt) }
}

/** The answer to whoever is signed in now: tokens in cookies or in the body, never in both. */
export function answerSignedIn(
  reply: FastifyReply,
  cookies: AuthCookies,
  signedIn: SignedIn,
  { transport, now }: { readonly transport: Transport; readonly now: Instant },
): AuthResponse {
  const { user, session, accessToken, accessTokenExpiresAt, refreshToken } = signedIn
  const answer = {
    user: publicUser(user),
    session: publicSession(session),
    accessTokenExpiresAt: timestamp(accessTokenExpiresAt),
  }
  if (transport === 'cookie') {
    cookies.set(reply, signedIn, now)
    return answer
  }
  const expiresIn = Math.ceil((accessTokenExpiresAt - now) / 1000)
  const tokens = refreshToken === null ? { accessToken } : { accessToken, refreshToken }
  return { ...answer, ...tokens, tokenType: 'Bearer', expiresIn }
}
