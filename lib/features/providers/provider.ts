import type { EpochMilliseconds } from '../../storage/records.js'

/** Returns the response to a request, as the global `fetch` does. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** A configured provider, such as the result of `google({ … })`. */
export interface Provider {
  /** Identifier in paths, such as `google`. */
  readonly name: string
  /** Name for people, such as `Google`. */
  readonly displayName: string
  /**
   * Issuer of the identities. With several tenants of Microsoft, it has the placeholder `{tenantid}`: the issuer of each
   * identity has the tenant in its place.
   */
  readonly issuer: string
  /** Way in which the provider returns to the callback: GET with a query, or POST with a form. */
  readonly responseMode: 'query' | 'form_post'
  /** Whether native apps can sign in with an ID token: `verifyIdToken` accepts some. */
  readonly acceptsIdTokens: boolean
  /**
   * Prepares the client. Performs no I/O.
   * @throws {ProvidersUnavailableError} The package `openid-client` is not installed.
   * @throws {OptionInvalidError} A URL is neither `https` nor allowed here; the message names the option.
   */
  connect(environment: ProviderEnvironment): ProviderClient
}

/** The settings that a provider needs of the application. */
export interface ProviderEnvironment {
  /** Absolute URL of the callback, as registered with the provider. */
  readonly redirectUri: string
  /** In production, `http` is refused on loopback addresses too. */
  readonly isProduction: boolean
  /** Current time, for caches and back-off. */
  readonly clock: () => EpochMilliseconds
  /** @internal Sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch
}

/** Values that the client makes for one sign-in and keeps until the callback. */
export interface ProviderFlow {
  /** Random value that the callback must repeat. */
  readonly state: string
  /** Random value that the ID token must contain. */
  readonly nonce: string
  /** Secret of PKCE (RFC 7636), 43 to 128 characters. Its SHA-256 is in the authorization URL. */
  readonly codeVerifier: string
}

/** Speaks with one provider. No method rejects, unless code of the application throws. */
export interface ProviderClient {
  /** Returns the URL to which the browser is sent. The first call requests the metadata of the provider. */
  authorizationUrl(
    flow: ProviderFlow & {
      /** Address or user name that the provider may fill in. */
      readonly loginHint?: string
    },
  ): Promise<AuthorizationUrl | ProviderUnavailable>
  /** Verifies a callback, exchanges its code for tokens, and returns the identity that they prove. */
  exchange(
    callback: ProviderFlow & {
      /** Parameters of the callback: its query or its form. */
      readonly parameters: URLSearchParams
      readonly now: EpochMilliseconds
    },
  ): Promise<ProviderAnswer>
  /** Returns the identity that an ID token of a native app proves. */
  verifyIdToken(token: {
    readonly idToken: string
    /** Value that the token must contain. */
    readonly nonce: string
    readonly now: EpochMilliseconds
  }): Promise<ProviderAnswer>
}

/** The URL to which the browser is sent. */
export interface AuthorizationUrl {
  readonly outcome: 'ready'
  readonly url: URL
}

/** What a provider's answer proves. */
export type ProviderAnswer = ProviderIdentified | ProviderDenied | ProviderInvalid | ProviderUnavailable

/** The provider has identified the user. */
export interface ProviderIdentified {
  readonly outcome: 'identified'
  readonly identity: ProviderIdentity
  readonly tokens: ProviderTokens
}

/** The user refused or cancelled at the provider. */
export interface ProviderDenied {
  readonly outcome: 'denied'
}

/** The callback, the code or a token proves nothing. */
export interface ProviderInvalid {
  readonly outcome: 'invalid'
  /** For events and the log, never for clients. */
  readonly reason: ProviderInvalidReason
  /** Error that `loadProfile` of the application threw, for the log. */
  readonly error?: unknown
}

/** The provider did not answer in time, or not usefully. The same request may succeed later. */
export interface ProviderUnavailable {
  readonly outcome: 'unavailable'
  /** For events and the log, never for clients. */
  readonly reason: ProviderUnavailableReason
  readonly retryAfterSeconds: number
}

/** Every reason why an answer proves nothing. */
export const providerInvalidReasons = [
  // The callback.
  'state',
  'issuer',
  'callback',
  'request_refused',
  // The token endpoint.
  'code_refused',
  'client_refused',
  'response',
  // The ID token.
  'id_token',
  'algorithm',
  'unknown_key',
  'audience',
  'nonce',
  'expired',
  'issued_in_future',
  'tenant',
  'domain',
  // The user.
  'user_info',
  'profile',
  'subject',
] as const

/** A reason why an answer proves nothing. */
export type ProviderInvalidReason = (typeof providerInvalidReasons)[number]

/** Every reason why a provider counts as unavailable. */
export const providerUnavailableReasons = [
  'timeout',
  'unreachable',
  'status',
  'too_large',
  'discovery',
  'keys',
] as const

/** A reason why a provider counts as unavailable. */
export type ProviderUnavailableReason = (typeof providerUnavailableReasons)[number]

/** A user of a provider. Issuer and subject together identify the user; nothing else does. */
export interface ProviderIdentity {
  readonly issuer: string
  /** 1 to 255 characters. Never reused by the issuer. */
  readonly subject: string
  /** Canonical form; `null` if there is none, or none that fast-auth accepts. */
  readonly email: string | null
  /** Whether the provider is trusted with addresses and says that this one belongs to the user. */
  readonly isEmailVerified: boolean
  /** Whether the address is one of Apple's relay, which forwards messages. */
  readonly isPrivateEmail: boolean
  readonly profile: ProviderProfile
}

/** Texts about the user, none of them verified. */
export interface ProviderProfile {
  readonly name?: string
  readonly givenName?: string
  readonly familyName?: string
  /** An `https` URL. */
  readonly picture?: string
  readonly locale?: string
}

/** Tokens of the provider. fast-auth stores none of them. */
export interface ProviderTokens {
  /** `null` if a native app sent an ID token. */
  readonly accessToken: string | null
  readonly refreshToken: string | null
  readonly idToken: string | null
  /** Granted scopes, separated by spaces; `null` if the provider does not list them. */
  readonly scope: string | null
  /** `null` if the provider does not say when the access token expires. */
  readonly expiresAt: EpochMilliseconds | null
}
