import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type Cookie, CookieJar } from 'tough-cookie'

export interface Browser {
  /** Sends the cookies that belong there, and keeps those that come back. Rejects if a cookie breaks the rules. */
  send(request: InjectOptions & { readonly url: string }): Promise<LightMyRequestResponse>
  /** The cookies that it would send to a path of the app. */
  cookies(path: string): Promise<readonly Cookie[]>
}

/** An empty cookie jar that keeps to the rules: prefixes, Secure, Domain, Path, Max-Age. */
export function cookieJar(): CookieJar {
  return new CookieJar(undefined, { prefixSecurity: 'strict' })
}

/**
 * A browser with a cookie jar.
 * @param base the URL at which it sees the root of the application: a proxy may remove a path.
 */
export function browser(app: FastifyInstance, base = 'https://app.example.com', jar = cookieJar()): Browser {
  return {
    async send(request) {
      const address = base + request.url
      const cookie = await jar.getCookieString(address)
      const headers = { 'sec-fetch-site': 'same-origin', ...request.headers, ...(cookie === '' ? {} : { cookie }) }
      const answer = await app.inject({ ...request, headers })
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) await jar.setCookie(line, address)
      return answer
    },
    cookies: path => jar.getCookies(base + path),
  }
}
