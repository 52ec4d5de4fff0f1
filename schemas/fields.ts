import { type Static, Type } from '@sinclair/typebox'

/** RFC 9562, lower case as we write it, either case as we read it. */
export const Id = Type.String({ format: 'uuid', examples: ['3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'] })

/** ISO 8601, UTC, milliseconds. */
export const Timestamp = Type.String({ format: 'date-time', examples: ['2026-05-01T09:30:00.000Z'] })

/** What one may type into an address field. It is made canonical before anything else: see `canonicalEmail`. */
export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  description: 'An address without display name or quotes. The domain may be international.',
  examples: ['ada@example.com'],
})

/** One that is being chosen. It is made canonical before anything else: see `canonicalUsername`. */
export const Username = Type.String({
  minLength: 3,
  maxLength: 30,
  description:
    'Letters a to z, digits, and single . _ - between them. It is kept in lower case, so that case makes no other name. Some words are reserved.',
  examples: ['ada'],
})

/** One to sign in with. What no user name can be gets the answer of one that nobody has. */
export const TypedUsername = Type.String({ maxLength: 254, description: 'In any case', examples: ['Ada'] })

/** The upper limit is the same at sign-up and at sign-in, for known and unknown users; the policy has the lower one. */
export const Password = Type.String({
  format: 'password',
  minLength: 1,
  maxLength: 128,
  description: 'Any text, spaces included; at most 128 characters. It is compared as Unicode NFC, otherwise as typed.',
  examples: ['correct horse battery staple'],
})

/** One that is being chosen: the policy looks at it. */
export const NewPassword = Type.String({
  format: 'password',
  minLength: 1,
  maxLength: 128,
  description:
    'Any text, spaces included; at most 128 characters, and at least 8 or as many as the server asks for. One of the most frequent passwords, one that is made of the address or of the name of the application, and what else the server refuses is answered with FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.',
  examples: ['correct horse battery staple'],
})

export const Transport = Type.Unsafe<'cookie' | 'token'>({
  type: 'string',
  enum: ['cookie', 'token'],
  description:
    'How tokens travel: `cookie` sets HttpOnly cookies and puts none into the body, `token` puts both into the body and sets no cookie. The server chooses the default.',
})
export type Transport = Static<typeof Transport>

/** Operations without parameters refuse every one, so that no token is ever put into an address. */
export const NoQuery = Type.Object({}, { additionalProperties: false })

/** What a mailed link carries. Anything but a live token of the right kind gets the one 400. */
export const MailedToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'The token of the link, from its fragment',
  examples: ['3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
})
