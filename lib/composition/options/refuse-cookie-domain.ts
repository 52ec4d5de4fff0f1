import { OptionInvalidError } from '../../errors/index.js'

/** Returns whether browsers accept a cookie for `domain` from `url`. */
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
      `The option "cookies.${name}" of fast-auth must be a domain such as example.com: browsers do not share cookies below a single-label domain`,
    )
  }
  if (publicUrl !== undefined && !isDomainOf(domain, publicUrl)) {
    throw new OptionInvalidError(
      `The option "cookies.${name}" of fast-auth must be the host of "publicUrl", or a domain above it: browsers refuse the cookies otherwise`,
    )
  }
}

/**
 * Refuses a domain for which browsers would reject the cookies: no user would stay signed in.
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
