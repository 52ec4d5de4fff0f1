import { OptionInvalidError } from '../errors/index.js'

/** Whether browsers keep a cookie for `domain` that `url` sets. */
export function isDomainOf(domain: string, url: string): boolean {
  const { hostname } = new URL(url)
  const shared = domain.toLowerCase()
  return hostname === shared || hostname.endsWith(`.${shared}`)
}

/**
 * Refuses a domain for which no browser would keep a cookie: nobody would stay signed in.
 * @throws {OptionInvalidError}
 */
export function refuseCookieDomain(domain: string | undefined, publicUrl: string | undefined): void {
  if (domain === undefined) return
  if (!domain.includes('.') && domain.toLowerCase() !== 'localhost') {
    throw new OptionInvalidError(
      'The option "cookies.domain" of fast-auth must be a domain such as example.com: browsers share no cookies below a single word',
    )
  }
  if (publicUrl !== undefined && !isDomainOf(domain, publicUrl)) {
    throw new OptionInvalidError(
      'The option "cookies.domain" of fast-auth must be the host of "publicUrl", or a domain above it: browsers refuse the cookies otherwise',
    )
  }
}
