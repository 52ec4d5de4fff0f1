/** Allowed but dangerous or surprising settings: a sentence for each. docs/security.md has a heading for each code. */
export const warnings = {
  FAST_AUTH_WARN_PUBLIC_URL_HTTP:
    'The option "publicUrl" is http, and NODE_ENV is "production": an attacker on the network path can read and change the pages that mailed links open.',
  FAST_AUTH_WARN_TRUSTED_ORIGIN_HTTP:
    'The option "trustedOrigins" has an http origin, and NODE_ENV is "production": an attacker who can change that page on the network path can act for its visitors.',
  FAST_AUTH_WARN_STORAGE_FORGETS:
    'The option "storage" keeps all data in this process, and NODE_ENV is "production": all users are lost at a restart.',
  FAST_AUTH_WARN_REVOCATION_UNREAD:
    'The option "revocation" is "none", and the storage is on a network: revocations by other processes take effect here only when access tokens expire.',
  FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE:
    'The option "refreshGraceSeconds" is 0: a retry after a lost answer, or a second tab, ends the session of a legitimate user.',
  FAST_AUTH_WARN_SAME_SITE_NONE:
    'The option "cookies.sameSite" is "none" without "requireOriginHeader": a request from another site without any header about its origin is accepted.',
  FAST_AUTH_WARN_MAIL_UNDELIVERED:
    'The option "email.sender" keeps messages on this machine, and NODE_ENV is "production": they are not delivered, and their links give access to accounts.',
  FAST_AUTH_WARN_PROXY_UNTRUSTED:
    'A request came with a header such as X-Forwarded-For, Forwarded or X-Real-IP that Fastify does not use: if a proxy sent it, all clients have the address of that proxy. See "trustProxy" of Fastify, which takes addresses, and no number of proxies.',
  FAST_AUTH_WARN_CORS_OPEN:
    'CORS lets a page read answers with cookies from an origin that is neither of "publicUrl" nor in "trustedOrigins": that page can read all that the signed-in user can.',
} as const

/** The code of a boot warning. */
export type WarningCode = keyof typeof warnings

export const warningCodes = Object.keys(warnings) as readonly WarningCode[]
