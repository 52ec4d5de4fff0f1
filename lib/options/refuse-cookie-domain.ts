import { OptionInvalidError } from '../errors/index.js'

/** Whether browsers keep a cookie for `domain` that `url` sets. */
export function isDomainOf(domain: string, url: string): boolean {
  const { hostname } = new URL(url)
  const shared = domain.toLowerCase()
  return hostname === shared || hostname.endsWith(`.${shared}`)
}

interface CookieDomains {
  readonly domain?: string | undefined
  readonly previousDomain?: string | undefined
}

function refuseForeign(name: keyof CookieDomains, domain: string, publicUrl: string | undefined): void {
  if (!domain.includes('.') && domain.toLowerCase() !== 'localhost') {
    throw new OptionInvalidError(
      `The option "cookies.${name}" of fast-auth must be a domain such as example.com: browsers share no cookies below a single word`,
    )
  }
  if (publicUrl !== undefined && !isDomainOf(domain, publicUrl)) {
    throw new OptionInvalidError(
      `The option "cookies.${name}" of fast-auth must be the host of "publicUrl", or a domain above it: browsers refuse the cookies otherwise`,
    )
  }
}

/**
 * Refuses a domain for which no browser would keep a cookie: nobody would stay signed in.
 * @throws {OptionInvalidError}
 */
export function refuseCookieDomain({ domain, previousDomain }: CookieDomains, publicUrl: string | undefined): void {
  if (domain !== undefined) refuseForeign('domain', domain, publicUrl)
  if (previousDomain === undefined) return
  refuseForeign('previousDomain', previousDomain, publicUrl)
  if (previousDomain.toLowerCase() === domain?.toLowerCase()) {
    throw new OptionInvalidError('The option "cookies.previousDomain" of fast-auth must not be "cookies.domain"')
  }
}
