import { Type } from '@sinclair/typebox'

const domainName = { pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', description: 'a domain such as example.com' }

/** Attributes of the cookies. */
export const CookieOptions = Type.Object(
  {
    /** Send cookies over HTTPS only, with the `__Host-` and `__Secure-` prefixes. `false` is refused in production. */
    secure: Type.Optional(Type.Boolean({ default: true })),
    /** Share the cookies with the subdomains of this domain. Without it only the host that set them gets them. */
    domain: Type.Optional(Type.String(domainName)),
    /** The former `domain`, if you remove or change it: its cookies are still read, and expired with the next answer. */
    previousDomain: Type.Optional(Type.String(domainName)),
    /** SameSite of the cookies. `none` requires `secure`. */
    sameSite: Type.Optional(
      Type.Unsafe<'lax' | 'strict' | 'none'>({ enum: ['lax', 'strict', 'none'], default: 'lax' }),
    ),
    /** Prefix of the cookie names, such as `shop_`: for several applications on one host, on any ports. */
    namePrefix: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$',
        description: 'of 1 to 40 letters, digits and _ -, such as shop_, without the __ of __Host- at the beginning',
      }),
    ),
  },
  { additionalProperties: false },
)
