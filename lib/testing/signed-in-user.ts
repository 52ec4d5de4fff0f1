import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { AuthResponse } from '../../schemas/sessions/auth-response.js'
import { type InjectableApp, sameOrigin } from './post.js'

/** A signed-in user, who can send requests. */
export interface SignedInUser {
  readonly user: AuthResponse['user']
  readonly session: AuthResponse['session']
  /** The address as given; `user.email` has the canonical form. */
  readonly email: string
  readonly password: string
  /** Calls `app.inject` with the credentials of this user. Headers and cookies of the call override them. */
  inject(options: InjectOptions | string): Promise<LightMyRequestResponse>
}

/** A signed-in user with transport `token`. */
export interface SignedInWithTokens extends SignedInUser {
  readonly accessToken: string
  /** `undefined` in the token modes without one. */
  readonly refreshToken: string | undefined
}

interface Account {
  readonly email: string
  readonly password: string
}

function optionsOf(options: InjectOptions | string): InjectOptions {
  return typeof options === 'string' ? { url: options } : options
}

export function signedInWithTokens(
  app: InjectableApp,
  answer: LightMyRequestResponse,
  { email, password }: Account,
): SignedInWithTokens {
  const { user, session, accessToken, refreshToken } = answer.json<AuthResponse & SignedInWithTokens>()
  const authorization = `Bearer ${accessToken}`
  return {
    user,
    session,
    email,
    password,
    accessToken,
    refreshToken,
    inject(options) {
      const own = optionsOf(options)
      return app.inject({ ...own, headers: { authorization, ...own.headers } })
    },
  }
}

/** Keeps the cookies of every response for the next request, for any path. */
export function signedInWithCookies(
  app: InjectableApp,
  answer: LightMyRequestResponse,
  { email, password }: Account,
): SignedInUser {
  const { user, session } = answer.json<AuthResponse>()
  const jar = new Map<string, string>()

  function keepCookies({ cookies }: LightMyRequestResponse): void {
    for (const { name, value, maxAge } of cookies) {
      if (maxAge === 0) jar.delete(name)
      else jar.set(name, value)
    }
  }

  keepCookies(answer)
  return {
    user,
    session,
    email,
    password,
    async inject(options) {
      const own = optionsOf(options)
      const headers = { ...sameOrigin, ...own.headers }
      const next = await app.inject({ ...own, headers, cookies: { ...Object.fromEntries(jar), ...own.cookies } })
      keepCookies(next)
      return next
    },
  }
}
