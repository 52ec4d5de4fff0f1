import type { Fetch, Provider, ProviderClient, ProviderEnvironment } from '../provider.js'
import { authorizationUrl } from './authorization-url.js'
import { readCallback } from './callback.js'
import { allowsLoopback, type ClientSettings, clientAuthentication } from './client-settings.js'
import { createConnection, orRefusal } from './connection.js'
import { exchangeCode } from './exchange-code.js'
import { identityOf } from './identity-of.js'
import { loadOpenIdClient } from './openid-client.js'
import { failureIn, InvalidAnswerError } from './provider-errors.js'

/** The user of an access token, as the API of a provider describes them. Any value may be of a wrong type. */
export interface OAuth2Profile {
  /** Identifier that the provider never gives to another user. A number becomes its digits. */
  readonly subject: string | number
  readonly email?: string | null | undefined
  /** Whether the provider says that the address belongs to the user. */
  readonly isEmailVerified?: boolean | undefined
  readonly name?: string | null | undefined
  readonly givenName?: string | null | undefined
  readonly familyName?: string | null | undefined
  /** An `https` URL. */
  readonly picture?: string | null | undefined
  readonly locale?: string | null | undefined
}

/**
 * Loads the user of an access token. Returns `null` if the API does not name one.
 * @param fetch sends requests within the time limit of the sign-in, and limits the size of answers
 */
export type LoadProfile = (context: {
  readonly accessToken: string
  readonly fetch: Fetch
}) => Promise<OAuth2Profile | null>

/** A provider of OAuth 2.0 without OpenID Connect, with all defaults filled in. */
export interface OAuth2Settings extends ClientSettings {
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly loadProfile: LoadProfile
  /** Whether the provider is trusted with addresses. */
  readonly vouchesForEmail: boolean
}

async function profileFrom(load: LoadProfile, context: Parameters<LoadProfile>[0]): Promise<OAuth2Profile> {
  try {
    const profile = await load(context)
    if (typeof profile === 'object' && profile !== null) return profile
  } catch (cause) {
    throw failureIn(cause) ?? new InvalidAnswerError('profile', { cause })
  }
  throw new InvalidAnswerError('profile')
}

function createClient(settings: OAuth2Settings, environment: ProviderEnvironment): ProviderClient {
  const { issuer, clientId, authorizationEndpoint, tokenEndpoint, timeoutMilliseconds, vouchesForEmail } = settings
  const library = loadOpenIdClient()
  const isLoopback = allowsLoopback(settings, environment.isProduction)
  const redirectUri = new URL(environment.redirectUri).href
  const connection = createConnection({ environment, allowsLoopback: isLoopback, timeoutMilliseconds })
  const metadata = { issuer, token_endpoint: tokenEndpoint }
  const base = { library, allowsLoopback: isLoopback, metadata, clientId, redirectUri }

  return {
    async authorizationUrl(flow) {
      return authorizationUrl(settings, authorizationEndpoint, { ...flow, redirectUri, nonce: null })
    },

    exchange: ({ parameters, state, codeVerifier, now }) =>
      orRefusal(
        connection.withinTime(async fetch => {
          const callback = readCallback(parameters, { state, issuer })
          if (callback.outcome === 'denied') return callback
          const { code } = callback
          const authentication = clientAuthentication(library, settings, { acceptsSecretInBody: true, now })
          const tokens = await exchangeCode({ ...base, fetch, authentication, code, state, codeVerifier, now })
          const { accessToken } = tokens
          const profile = await profileFrom(settings.loadProfile, {
            accessToken,
            fetch: (url, init) => fetch(url, init),
          })
          const { subject, email, isEmailVerified, name, givenName, familyName, picture, locale } = profile
          const identity = identityOf({
            issuer,
            subject: Number.isSafeInteger(subject) ? String(subject) : subject,
            email,
            isEmailVerified: vouchesForEmail && isEmailVerified === true,
            isPrivateEmail: false,
            profile: { name, givenName, familyName, picture, locale },
          })
          return { outcome: 'identified', identity, tokens } as const
        }),
      ),

    async verifyIdToken() {
      return { outcome: 'invalid', reason: 'id_token' }
    },
  }
}

/** Creates a provider of OAuth 2.0, whose API identifies the user. */
export function createOAuth2Provider(settings: OAuth2Settings): Provider {
  const { name, displayName, issuer, responseMode } = settings
  return {
    name,
    displayName,
    issuer,
    responseMode,
    acceptsIdTokens: false,
    connect: environment => createClient(settings, environment),
  }
}
