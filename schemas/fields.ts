import { type Static, Type } from '@sinclair/typebox'

/** A UUID (RFC 9562). fast-auth writes lower case and accepts both cases. */
export const Id = Type.String({ format: 'uuid', examples: ['3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'] })

/** ISO 8601, UTC, milliseconds. */
export const Timestamp = Type.String({ format: 'date-time', examples: ['2026-05-01T09:30:00.000Z'] })

/** An address as a user types it. It is converted to its canonical form first: see `canonicalEmail`. */
export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  description: 'An address without display name or quotes. The domain may be international.',
  examples: ['ada@example.com'],
})

/** A new user name. It is converted to its canonical form first: see `canonicalUsername`. */
export const Username = Type.String({
  minLength: 3,
  maxLength: 30,
  description:
    'Letters a to z, digits, and single . _ - between them. Stored in lower case; names that differ only in case are the same name. Some words are reserved.',
  examples: ['ada'],
})

/** A user name at sign-in. An invalid name gets the same response as an unknown one. */
export const TypedUsername = Type.String({ maxLength: 254, description: 'Case does not matter', examples: ['Ada'] })

/** The maximum is the same at sign-up and sign-in, for known and unknown users. The password policy has the minimum. */
export const Password = Type.String({
  format: 'password',
  minLength: 1,
  maxLength: 128,
  description:
    'Any text, including spaces; at most 128 characters. It is compared in Unicode NFC and not changed otherwise.',
  examples: ['correct horse battery staple'],
})

/** A new password: the password policy checks it. */
export const NewPassword = Type.String({
  format: 'password',
  minLength: 1,
  maxLength: 128,
  description:
    'Any text, including spaces; at most 128 characters, and at least 8 unless the server requires another minimum. Frequent passwords, passwords made of the address or the name of the application, and others that the server refuses get FAST_AUTH_PASSWORD_TOO_WEAK and the `rule`.',
  examples: ['correct horse battery staple'],
})

export const Transport = Type.Unsafe<'cookie' | 'token'>({
  type: 'string',
  enum: ['cookie', 'token'],
  description:
    'How the response carries tokens: `cookie` sets HttpOnly cookies and puts no token into the body; `token` puts tokens into the body and sets no cookie. The server chooses the default.',
})
export type Transport = Static<typeof Transport>

/** Operations without query parameters refuse all of them: a client must never put a token into a URL. */
export const NoQuery = Type.Object({}, { additionalProperties: false })

/** The token of a mailed link. Unknown, used and expired tokens and tokens of another kind all get the same 400. */
export const MailedToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'The token from the fragment of the mailed link',
  examples: ['3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
})
