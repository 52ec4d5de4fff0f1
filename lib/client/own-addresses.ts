import { runtime } from './runtime.js'

export interface OwnAddresses {
  /** Where an operation is. */
  operation(path: string): string
  /**
   * Where a route of the application is.
   * @throws {TypeError} for an address of another origin: credentials would be sent there.
   */
  route(input: string | URL | Request): string
}

/** Addresses are compared as text, not parsed: what begins with an origin and a slash leads to no other host. */
export function createOwnAddresses(baseUrl: string): OwnAddresses {
  const base = baseUrl.replace(/\/+$/, '')
  const isPath = base === '' || base.startsWith('/')

  /** Asked for when it is needed, so that a module may make its client on a server, too. */
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
