import { Type } from '@sinclair/typebox'

const domainName = { pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', description: 'a domain such as example.com' }

/** Attributes and names of the cookies. */
export const CookieOptions = Type.Object(
  {
    /**
     * Limits the cookies to HTTPS. Their names then begin with `__Host-` or `__Secure-`. In production `false` is refused.
     * @default true
     * @see OWASP ASVS 5.0, 3.3.1
     */
    secure: Type.Optional(Type.Boolean({ default: true })),
    /**
     * Domain whose subdomains receive the cookies too. It is the host of `publicUrl` or a domain above it.
     * @default none: only the host that sets the cookies receives them
     * @example
     * ```ts
     * domain: 'example.com'
     * ```
     * @see RFC 6265, section 5.2.3
     */
    domain: Type.Optional(Type.String(domainName)),
    /**
     * Former value of `domain`, if you remove or change it. Its cookies are still read, and the next response expires them.
     * @default none
     */
    previousDomain: Type.Optional(Type.String(domainName)),
    /**
     * Attribute `SameSite` of the cookies. `none` requires `secure`.
     * @default 'lax'
     * @see OWASP ASVS 5.0, 3.3.2
     */
    sameSite: Type.Optional(
      Type.Unsafe<'lax' | 'strict' | 'none'>({ enum: ['lax', 'strict', 'none'], default: 'lax' }),
    ),
    /**
     * Prefix of the names of the cookies. Separates several applications on one host, on any ports.
     * @default none
     * @example
     * ```ts
     * namePrefix: 'shop_'
     * ```
     */
    namePrefix: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$',
        description: 'of 1 to 40 letters, digits and _ -, such as shop_, without the __ of __Host- at the beginning',
      }),
    ),
  },
  { additionalProperties: false },
)
