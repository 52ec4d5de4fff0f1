import { Type } from '@sinclair/typebox'

/** How the cookies are set. */
export const CookieOptions = Type.Object(
  {
    /** Cookies travel over HTTPS only and have the `__Host-` and `__Secure-` prefixes. Refused as `false` in production. */
    secure: Type.Optional(Type.Boolean({ default: true })),
    /** Share the cookies with the subdomains of this domain. Without it they belong to the host that set them. */
    domain: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', description: 'a domain such as example.com' }),
    ),
    /** SameSite of both cookies. `none` needs `secure`. */
    sameSite: Type.Optional(
      Type.Unsafe<'lax' | 'strict' | 'none'>({ enum: ['lax', 'strict', 'none'], default: 'lax' }),
    ),
  },
  { additionalProperties: false },
)
