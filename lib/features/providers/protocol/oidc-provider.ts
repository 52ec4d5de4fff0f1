import type { Provider, ProviderClient, ProviderEnvironment, ProviderIdentified, ProviderTokens } from '../provider.js'
import { authorizationUrl } from './authorization-url.js'
import { readCallback } from './callback.js'
import { allowsLoopback, clientAuthentication, type OidcSettings } from './client-settings.js'
import { createConnection, orRefusal, orUnavailable } from './connection.js'
import { createDiscovery } from './discovery.js'
import { exchangeCode } from './exchange-code.js'
import { identityOf } from './identity-of.js'
import { createKeySet } from './key-set.js'
import { loadOpenIdClient } from './openid-client.js'
import { InvalidAnswerError } from './provider-errors.js'
import type { ProviderFetch } from './provider-fetch.js'
import type { ServerMetadata } from './server-metadata.js'
import { userInfo } from './user-info.js'
import { type VerifiedIdToken, verifyIdToken } from './verify-id-token.js'

type Names = ReturnType<NonNullable<OidcSettings['namesIn']>>

/** Returns what verified claims mean, unless the configuration refuses them. */
function identified(
  settings: OidcSettings,
  { issuer, claims }: VerifiedIdToken,
  { tokens, names = {} }: { readonly tokens: ProviderTokens; readonly names?: Names | undefined },
): ProviderIdentified {
  const refusal = settings.refusalOf?.(claims) ?? null
  if (refusal !== null) throw new InvalidAnswerError(refusal)
  const { sub: subject, email, name, given_name, family_name, picture, locale } = claims
  const identity = identityOf({
    issuer,
    subject,
    email,
    isEmailVerified: settings.isEmailVerified(claims),
    isPrivateEmail: settings.isPrivateEmail?.(claims) === true,
    profile: { name, givenName: given_name, familyName: family_name, picture, locale, ...names },
  })
  return { outcome: 'identified', identity, tokens }
}

function createClient(settings: OidcSettings, environment: ProviderEnvironment): ProviderClient {
  const { issuer, clientId, nativeClientIds, scopes, timeoutMilliseconds } = settings
  const library = loadOpenIdClient()
  const isLoopback = allowsLoopback(settings, environment.isProduction)
  const redirectUri = new URL(environment.redirectUri).href
  const connection = createConnection({ environment, allowsLoopback: isLoopback, timeoutMilliseconds })
  const discovery = createDiscovery(connection, { ...settings, allowsLoopback: isLoopback })
  const keySet = createKeySet(connection, async () => (await discovery.read()).metadata.jwks_uri)
  const base = { library, allowsLoopback: isLoopback, keySet, clientId, redirectUri }

  /** Completes an ID token without an address. An address and its verification come from the same answer. */
  async function completed(
    verified: VerifiedIdToken,
    { fetch, metadata, accessToken }: { fetch: ProviderFetch; metadata: ServerMetadata; accessToken: string },
  ): Promise<VerifiedIdToken> {
    const { issuer, claims } = verified
    const isWanted = settings.usesUserInfo && claims.email === undefined && scopes.includes('email')
    if (!isWanted || metadata.userinfo_endpoint === undefined) return verified
    const info = await userInfo({ ...base, metadata, fetch, accessToken, subject: String(claims.sub) })
    const { email, email_verified } = info
    return { issuer, claims: { ...info, ...claims, email, email_verified } }
  }

  return {
    authorizationUrl: flow =>
      orUnavailable(
        discovery
          .read()
          .then(({ metadata }) =>
            authorizationUrl(settings, metadata.authorization_endpoint, { ...flow, redirectUri }),
          ),
      ),

    exchange: ({ parameters, state, nonce, codeVerifier, now }) =>
      orRefusal(
        connection.withinTime(async fetch => {
          const callback = readCallback(parameters, { state, issuer })
          if (callback.outcome === 'denied') return callback
          const { metadata, sendsIssuer, acceptsSecretInBody } = await discovery.read()
          if (sendsIssuer && !callback.namesIssuer) throw new InvalidAnswerError('issuer')
          const authentication = clientAuthentication(library, settings, { acceptsSecretInBody, now })
          const { code } = callback
          const tokens = await exchangeCode({
            ...base,
            metadata,
            fetch,
            authentication,
            code,
            state,
            codeVerifier,
            now,
          })
          const { idToken, accessToken } = tokens
          if (idToken === null) throw new InvalidAnswerError('id_token')
          const verified = await verifyIdToken({ ...base, metadata, idToken, nonce, clientIds: [clientId], now })
          const all = await completed(verified, { fetch, metadata, accessToken })
          return identified(settings, all, { tokens, names: settings.namesIn?.(parameters) })
        }),
      ),

    verifyIdToken: ({ idToken, nonce, now }) =>
      orRefusal(
        connection.withinTime(async () => {
          const { metadata } = await discovery.read()
          const clientIds = [clientId, ...nativeClientIds]
          const verified = await verifyIdToken({ ...base, metadata, idToken, nonce, clientIds, now })
          const tokens = { accessToken: null, refreshToken: null, idToken, scope: null, expiresAt: null }
          return identified(settings, verified, { tokens })
        }),
      ),
  }
}

/** Creates a provider of OpenID Connect. */
export function createOidcProvider(settings: OidcSettings): Provider {
  const { name, displayName, issuer, responseMode } = settings
  return {
    name,
    displayName,
    issuer,
    responseMode,
    acceptsIdTokens: true,
    connect: environment => createClient(settings, environment),
  }
}
