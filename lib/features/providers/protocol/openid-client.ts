import { createRequire } from 'node:module'
import { ProvidersUnavailableError } from '../../../errors/index.js'

export type JsonObject = Readonly<Record<string, unknown>>

/** Adds the credentials of the client to a request to the token endpoint. */
export type ClientAuthentication = (
  server: object,
  client: { readonly client_id: string },
  body: URLSearchParams,
  headers: Headers,
) => void

/** Sends a request of the library. */
export type LibraryFetch = (url: string, init: RequestInit) => Promise<Response>

/** A provider and a client. Symbols of the library are names of settings. */
export interface Configuration {
  /** Time limit of each request, in seconds. 0: none. */
  timeout: number
  [setting: symbol]: unknown
}

/** The answer of a token endpoint. The library has checked the types. */
export interface TokenResponse {
  readonly access_token: string
  readonly refresh_token?: string
  readonly scope?: string
  readonly expires_in?: number
}

/** The used part of `openid-client`. Described, not imported: the package is optional. */
export interface OpenIdClient {
  readonly customFetch: symbol
  readonly clockTolerance: symbol
  readonly Configuration: new (
    server: object,
    clientId: string,
    metadata: object,
    authentication: ClientAuthentication,
  ) => Configuration
  ClientSecretBasic(clientSecret: string): ClientAuthentication
  ClientSecretPost(clientSecret: string): ClientAuthentication
  None(): ClientAuthentication
  allowInsecureRequests(configuration: Configuration): void
  enableNonRepudiationChecks(configuration: Configuration): void
  useIdTokenResponseType(configuration: Configuration): void
  calculatePKCECodeChallenge(codeVerifier: string): Promise<string>
  buildAuthorizationUrl(configuration: Configuration, parameters: Readonly<Record<string, string>>): URL
  authorizationCodeGrant(
    configuration: Configuration,
    callback: URL,
    checks: { readonly expectedState: string; readonly pkceCodeVerifier: string },
  ): Promise<TokenResponse>
  implicitAuthentication(configuration: Configuration, callback: URL, expectedNonce: string): Promise<JsonObject>
  fetchUserInfo(configuration: Configuration, accessToken: string, expectedSubject: string): Promise<JsonObject>
}

/**
 * Loads the optional package `openid-client` synchronously, so that the boot fails if it is missing.
 * @param require Resolves the package. Default: the `require` of this file.
 * @throws {ProvidersUnavailableError} The package is not installed; the message has the command that installs it.
 */
export function loadOpenIdClient(require: NodeJS.Require = createRequire(import.meta.url)): OpenIdClient {
  try {
    return require('openid-client')
  } catch (cause) {
    throw new ProvidersUnavailableError(
      'The option "providers" of fast-auth needs the package openid-client. Install it: npm install openid-client',
      { cause },
    )
  }
}
