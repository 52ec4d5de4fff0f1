import { type Static, Type } from '@sinclair/typebox'
import { UserOptions } from '../../features/accounts/options.js'
import { ApiKeyOptions } from '../../features/api-keys/options.js'
import { EmailOptions } from '../../features/email/options.js'
import { EmailSignInOptions } from '../../features/email-codes/options.js'
import { OrganizationOptions } from '../../features/organizations/options.js'
import { PasskeyOptions } from '../../features/passkeys/options.js'
import { PasswordOptions } from '../../features/passwords/options.js'
import { IdentityOptions } from '../../features/providers/options.js'
import type { Provider } from '../../features/providers/provider.js'
import { SecondFactorOptions } from '../../features/second-factor/options.js'
import { SessionOptions } from '../../features/sessions/options.js'
import { ApplicationOptions } from './application-options.js'
import { CookieOptions } from './cookie-options.js'
import { HookOptions } from './hook-options.js'
import { LimitOptions } from './limit-options.js'
import { ObservationOptions } from './observation-options.js'
import { PurgeOptions } from './purge-options.js'
import { RequestOptions } from './request-options.js'
import { RevocationFeedOptions } from './revocation-feed-options.js'
import { SecretOptions } from './secret-options.js'

/** Also allows `false`, which switches a feature off. */
const orFalse = { type: ['object', 'boolean'], not: { const: true }, description: 'an object, or false' }

const providersHint = {
  minItems: 1,
  maxItems: 50,
  description: 'a list of 1 to 50 providers, such as google({ … }) from "fast-auth/providers"',
}

// A `description` completes the sentence "must be …" of the error, if the other keywords do not suffice.

/** The schema of the options of `app.register(fastAuth, …)`. Unknown keys stop the boot. */
export const OptionsSchema = Type.Object(
  {
    ...SecretOptions.properties,
    ...UserOptions.properties,
    ...ApplicationOptions.properties,
    ...SessionOptions.properties,
    revocationFeed: Type.Optional(RevocationFeedOptions),
    cookies: Type.Optional(CookieOptions),
    passwords: Type.Optional(PasswordOptions),
    limits: Type.Optional(LimitOptions),
    apiKeys: Type.Optional(Type.Unsafe<Static<typeof ApiKeyOptions> | false>({ ...ApiKeyOptions, ...orFalse })),
    email: Type.Optional(EmailOptions),
    ...SecondFactorOptions.properties,
    passkeys: Type.Optional(PasskeyOptions),
    emailSignIn: Type.Optional(EmailSignInOptions),
    providers: Type.Optional(Type.Unsafe<readonly Provider[]>(Type.Array(Type.Unknown(), providersHint))),
    identities: Type.Optional(IdentityOptions),
    organizations: Type.Optional(OrganizationOptions),
    ...RequestOptions.properties,
    hooks: Type.Optional(HookOptions),
    purge: Type.Optional(PurgeOptions),
    ...ObservationOptions.properties,
  },
  { additionalProperties: false },
)

/**
 * The options of `app.register(fastAuth, …)`. An interface of named parts: a type that is inferred from `OptionsSchema` would
 * lose the comments of other files in the published declarations.
 */
export interface FastAuthOptions
  extends Static<typeof SecretOptions>,
    Static<typeof UserOptions>,
    Static<typeof ApplicationOptions>,
    Static<typeof SessionOptions>,
    Static<typeof SecondFactorOptions>,
    Static<typeof RequestOptions>,
    Static<typeof ObservationOptions> {
  /** Poll interval and staleness of the revocation feed, with `revocation: 'feed'`. */
  revocationFeed?: Static<typeof RevocationFeedOptions>
  /** Attributes and names of the cookies. */
  cookies?: Static<typeof CookieOptions>
  /** Rules and hashing of passwords. */
  passwords?: Static<typeof PasswordOptions>
  /** Limits on requests, wrong passwords and messages. */
  limits?: Static<typeof LimitOptions>
  /**
   * Format, scopes and lifetimes of API keys. `false`: there are none. Their routes do not exist, and the storage may lack
   * `apiKeys`.
   */
  apiKeys?: Static<typeof ApiKeyOptions> | false
  /**
   * Sender, texts and links of messages: confirmation, address changes and password resets. Requires `publicUrl`.
   * @default none: the routes that send messages do not exist
   * @example
   * ```ts
   * import { smtpSender } from 'fast-auth/email'
   *
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   publicUrl: 'https://app.example.com',
   *   email: {
   *     sender: smtpSender({ url: 'smtp://user:password@mail.example.com:587' }),
   *     from: 'Example <accounts@example.com>',
   *   },
   * })
   * ```
   */
  email?: Static<typeof EmailOptions>
  /**
   * Lets users sign in with passkeys. Requires the package `@simplewebauthn/server`. A passkey is both factors: the
   * authenticator must verify the user. No option makes passkeys mandatory.
   * @default none: users have no passkeys
   * @example
   * ```ts
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   passkeys: { rpId: 'example.com', rpName: 'Example', origins: ['https://app.example.com'] },
   * })
   * ```
   * @see WebAuthn Level 3; OWASP ASVS 5.0, 6.3.3
   */
  passkeys?: Static<typeof PasskeyOptions>
  /**
   * Lets users sign in with a code or a link that is mailed to them. It is valid for ten minutes, once, and only for the client
   * that requested it. Requires `email`. A mailed code is a first factor, never a second one.
   * @default none: no codes are mailed
   * @example
   * ```ts
   * import { smtpSender } from 'fast-auth/email'
   *
   * const sender = smtpSender({ url: 'smtps://user:password@mail.example.com:465' })
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   publicUrl: 'https://app.example.com',
   *   email: { sender, from: 'Example <accounts@example.com>' },
   *   emailSignIn: { signUp: true },
   * })
   * ```
   * @see OWASP ASVS 5.0, 6.6.2 and 6.6.3
   */
  emailSignIn?: Static<typeof EmailSignInOptions>
  /**
   * Other providers with which users can sign in. Requires `publicUrl` and the package `openid-client`. Register the URL
   * `<publicUrl><prefix>/providers/<name>/callback` at each of them.
   * @default none: users cannot sign in with other providers
   * @example
   * ```ts
   * import { github, google } from 'fast-auth/providers'
   *
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   publicUrl: 'https://app.example.com',
   *   providers: [
   *     google({ clientId: '1234.apps.googleusercontent.com', clientSecret: process.env.GOOGLE_CLIENT_SECRET ?? '' }),
   *     github({ clientId: 'Iv1.8a61f9b3a7aba766', clientSecret: process.env.GITHUB_CLIENT_SECRET ?? '' }),
   *   ],
   * })
   * ```
   * @see OpenID Connect Core 1.0; RFC 9700
   */
  providers?: readonly Provider[]
  /** Rules that link the identities of other providers to accounts. */
  identities?: Static<typeof IdentityOptions>
  /**
   * Organisations whose members have roles, and invitations to them. Requires `email`. A session acts in one organisation at a time;
   * `request.user.organization` names it, with the role of the user.
   * @default none: users are members of no organisations
   * @example
   * ```ts
   * import { smtpSender } from 'fast-auth/email'
   *
   * const sender = smtpSender({ url: 'smtps://user:password@mail.example.com:465' })
   * await app.register(fastAuth, {
   *   secrets,
   *   storage,
   *   publicUrl: 'https://app.example.com',
   *   email: { sender, from: 'Example <accounts@example.com>' },
   *   organizations: { roles: { billing: { like: 'member' } } },
   * })
   * ```
   * @see OWASP ASVS 5.0, 8.2.1 and 8.4.1
   */
  organizations?: Static<typeof OrganizationOptions>
  /** Functions of the application that fast-auth calls before and after operations. */
  hooks?: Static<typeof HookOptions>
  /** Background deletion of expired data. */
  purge?: Static<typeof PurgeOptions>
}
