import { runtime } from './runtime.js'

export interface OwnAddresses {
  /** Returns the URL of an operation. */
  operation(path: string): string
  /**
   * Returns the URL of a route of the application.
   * @throws {TypeError} The URL has another origin, which would receive the credentials.
   */
  route(input: string | URL | Request): string
}

/** Compares URLs as text: a URL that starts with an origin and a slash cannot refer to another host. */
export function createOwnAddresses(baseUrl: string): OwnAddresses {
  const base = baseUrl.replace(/\/+$/, '')
  const isPath = base === '' || base.startsWith('/')

  /** Determined on demand, so a module can create its client on a server, too. */
  function ownOrigin(): string {
    const origin = isPath ? runtime.location?.origin : /^https?:\/\/[^/?#@\\\s]+/.exec(base)?.[0]
    if (origin !== undefined) return origin
    throw new TypeError(`"baseUrl" begins with http:// or https://, in browsers also with /, and this is "${baseUrl}"`)
  }

  return {
    operation(path) {
      const origin = ownOrigin()
      return (isPath ? origin : '') + base + path
    },
    route(input) {
      const origin = ownOrigin()
      const address = typeof input === 'string' ? input : 'url' in input ? input.url : input.href
      if (/^\/(?![/\\])/.test(address)) return origin + address
      if (address === origin || address.startsWith(`${origin}/`)) return address
      throw new TypeError(`Credentials are for ${origin} only: give a path that begins with "/", not "${address}"`)
    },
  }
}
