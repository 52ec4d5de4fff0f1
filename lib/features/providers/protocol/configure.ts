import type { ClientAuthentication, Configuration, LibraryFetch, OpenIdClient } from './openid-client.js'

interface ConfigurationSettings {
  /** Metadata of the provider, whose endpoints are secure. */
  readonly metadata: object
  readonly clientId: string
  readonly authentication: ClientAuthentication
  readonly fetch: LibraryFetch
  readonly allowsLoopback: boolean
}

/**
 * Creates a configuration of the library for one call. It sets no time limits and judges no times: the library would read the
 * system's clock.
 */
export function configure(library: OpenIdClient, settings: ConfigurationSettings): Configuration {
  const { metadata, clientId, authentication, fetch, allowsLoopback } = settings
  const client = { [library.clockTolerance]: Number.MAX_SAFE_INTEGER }
  const configuration = new library.Configuration(metadata, clientId, client, authentication)
  configuration[library.customFetch] = fetch
  configuration.timeout = 0
  if (allowsLoopback) library.allowInsecureRequests(configuration)
  return configuration
}

/** Returns a JSON answer that the library has not to request. */
export function jsonAnswer(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}
