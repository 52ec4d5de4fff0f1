export interface CookieNameSettings {
  readonly secure: boolean
  /** `null`: the cookies belong to the host that sets them. */
  readonly domain: string | null
  /** The `domain` of earlier settings. */
  readonly previousDomain: string | null
  /** The prefix of the names, after `__Host-` or `__Secure-`. */
  readonly namePrefix: string
}

/** Domain and name of an access cookie of earlier settings; its refresh cookie has the same domain. */
export interface FormerCookies {
  readonly domain: string | null
  readonly access: string
}

export interface CookieNames {
  readonly domain: string | null
  readonly access: string
  readonly refresh: string
  readonly device: string
  /**
   * Of a sign-in that waits for a second factor or a mailed code. As bound to this host as the access cookie: with the cookie of an
   * attacker, the link of the attacker would sign the user in to the attacker's account.
   */
  readonly signIn: string
  /** Of a sign-in at another provider that is under way. As bound to this host as the access cookie: a link leads to the callback. */
  readonly providerFlow: string
  /** The names under which an access token is read: the present one first. */
  readonly accessRead: readonly string[]
  readonly former: readonly FormerCookies[]
  /** Whether only this host can set the access cookie. */
  readonly isHostBound: boolean
}

/** RFC 6265bis, section 4.1.3: `__Host-` requires Path=/ and no Domain; `__Secure-` requires only Secure. */
export function cookieNames({ secure, domain, previousDomain, namePrefix }: CookieNameSettings): CookieNames {
  const anywhere = secure ? '__Secure-' : ''
  const rootedOf = (place: string | null) => (secure && place === null ? '__Host-' : anywhere)
  const accessOf = (place: string | null) => `${rootedOf(place)}${namePrefix}access_token`
  const places = [...(domain === null ? [] : [null]), ...(previousDomain === null ? [] : [previousDomain])]
  const former = places.map(place => ({ domain: place, access: accessOf(place) }))
  return {
    domain,
    access: accessOf(domain),
    refresh: `${anywhere}${namePrefix}refresh_token`,
    device: `${anywhere}${namePrefix}known_device`,
    signIn: `${rootedOf(domain)}${namePrefix}sign_in`,
    providerFlow: `${rootedOf(domain)}${namePrefix}provider_flow`,
    accessRead: [...new Set([accessOf(domain), ...former.map(({ access }) => access)])],
    former,
    isHostBound: secure && domain === null,
  }
}
