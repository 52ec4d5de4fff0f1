import { type Static, Type } from '@sinclair/typebox'
import { domainPattern } from './origins.js'

/** Passkeys: sign-in without a password (WebAuthn Level 3). */
export const PasskeyOptions = Type.Object(
  {
    /**
     * Relying party id: the domain that passkeys belong to. Pages of this domain and its subdomains can use them. If you change
     * it, all passkeys are lost.
     * @example
     * ```ts
     * rpId: 'example.com'
     * ```
     * @see WebAuthn Level 3, section 5.1.2
     */
    rpId: Type.String({
      pattern: domainPattern,
      description: 'a domain in lower case such as example.com, or localhost',
    }),
    /**
     * Name of the application that browsers and authenticators show.
     * @default `email.appName`, or the host of `publicUrl`, or else `issuer`
     */
    rpName: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'text of 1 to 100 characters' })),
    /**
     * Origins whose pages and apps may use passkeys. All others are refused. An origin outside the domain `rpId` is a related
     * origin: browsers request the list at `https://<rpId>/.well-known/webauthn`, a route that exists if there is such an origin.
     * With cookies, list origins in `trustedOrigins` too. An Android app has the origin `android:apk-key-hash:…`.
     * @default the origin of `publicUrl`
     * @example
     * ```ts
     * origins: ['https://example.com', 'https://login.example.com', 'https://example.de']
     * ```
     * @see WebAuthn Level 3, sections 5.11 and 13.4.9
     */
    origins: Type.Optional(
      Type.Unsafe<readonly string[]>(
        Type.Array(
          Type.String({
            format: 'passkeyOrigin',
            description:
              'an origin with https and a domain, or the host localhost, such as https://example.com, or android:apk-key-hash:…',
          }),
          {
            minItems: 1,
            maxItems: 20,
            uniqueItems: true,
            description:
              'a list of 1 to 20 origins such as https://example.com, http://localhost:3000 or android:apk-key-hash:…',
          },
        ),
      ),
    ),
    /**
     * Maximum number of passkeys per user.
     * @default 20
     */
    maximumPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  { additionalProperties: false },
)
export type PasskeyOptions = Static<typeof PasskeyOptions>

/** The options with all defaults filled in. */
export interface PasskeySettings {
  readonly rpId: string
  readonly rpName: string
  readonly origins: readonly string[]
  readonly maximumPerUser: number
}
