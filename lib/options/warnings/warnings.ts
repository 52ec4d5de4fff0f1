/** What is allowed, but dangerous or surprising: a sentence for each. docs/security.md has a heading for each code. */
export const warnings = {
  FAST_AUTH_WARN_PUBLIC_URL_HTTP:
    'The option "publicUrl" is http, and NODE_ENV is "production": whoever is on the way can read and change the pages that mailed links open.',
  FAST_AUTH_WARN_TRUSTED_ORIGIN_HTTP:
    'The option "trustedOrigins" has an http origin, and NODE_ENV is "production": whoever can change that page on its way acts for the people who open it.',
  FAST_AUTH_WARN_STORAGE_FORGETS:
    'The option "storage" keeps everything in this process, and NODE_ENV is "production": a restart forgets every user.',
  FAST_AUTH_WARN_REVOCATION_UNREAD:
    'The option "revocation" is "none", and the storage is on a network: what another process revokes is honoured here until its access tokens expire.',
  FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE:
    'The option "refreshGraceSeconds" is 0: a retry after a lost answer, or a second tab, ends the session of an honest person.',
  FAST_AUTH_WARN_SAME_SITE_NONE:
    'The option "cookies.sameSite" is "none" without "requireOriginHeader": a request from another site that tells nothing about its origin is carried out.',
  FAST_AUTH_WARN_MAIL_UNDELIVERED:
    'The option "email.sender" keeps messages on this machine, and NODE_ENV is "production": nobody gets them, and their links open accounts.',
  FAST_AUTH_WARN_PROXY_UNTRUSTED:
    'A request came with a header such as X-Forwarded-For, Forwarded or X-Real-IP that Fastify does not use: if a proxy sent it, all clients have the address of that proxy. See "trustProxy" of Fastify, which takes addresses, and no number of proxies.',
  FAST_AUTH_WARN_CORS_OPEN:
    'CORS lets a page read answers with cookies from an origin that is neither of "publicUrl" nor in "trustedOrigins": that page reads whatever the signed-in person may.',
} as const

export type WarningCode = keyof typeof warnings

export const warningCodes = Object.keys(warnings) as readonly WarningCode[]
