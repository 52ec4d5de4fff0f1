import type { JsonObject } from './openid-client.js'
import { InvalidAnswerError } from './provider-errors.js'
import { isSecureUrl } from './secure-url.js'

/** The used part of the metadata of a provider (OpenID Connect Discovery 1.0, section 3). */
export interface ServerMetadata {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly userinfo_endpoint?: string
  readonly id_token_signing_alg_values_supported: readonly string[]
  readonly userinfo_signing_alg_values_supported: readonly string[]
}

/** The metadata, and what the callback and the authentication of the client depend on. */
export interface Discovered {
  readonly metadata: ServerMetadata
  /** Whether each callback has the parameter `iss` (RFC 9207). */
  readonly sendsIssuer: boolean
  /** Whether the token endpoint accepts `client_secret_post`. */
  readonly acceptsSecretInBody: boolean
}

/** Algorithms with public keys. With `none` and those of shared secrets, the provider proves nothing. */
const asymmetric: ReadonlySet<unknown> = new Set(
  ['RS', 'PS', 'ES'].flatMap(family => ['256', '384', '512'].map(bits => family + bits)).concat('EdDSA', 'Ed25519'),
)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * Reads the metadata of a provider.
 * @param issuer the issuer that they must have, exactly: never that of the answer
 * @throws {InvalidAnswerError} The issuer is another one, or an endpoint is missing or not secure.
 */
export function readServerMetadata(
  body: JsonObject,
  { issuer, allowsLoopback }: { readonly issuer: string; readonly allowsLoopback: boolean },
): Discovered {
  if (body.issuer !== issuer) throw new InvalidAnswerError('issuer')

  function endpoint(name: string): string {
    const value = body[name]
    if (typeof value !== 'string' || !isSecureUrl(value, allowsLoopback)) throw new InvalidAnswerError('response')
    return value
  }

  function algorithms(name: string): readonly string[] {
    const names = listOf(body[name]).filter((value): value is string => asymmetric.has(value))
    return names.length > 0 ? names : ['RS256']
  }

  return {
    metadata: {
      issuer,
      authorization_endpoint: endpoint('authorization_endpoint'),
      token_endpoint: endpoint('token_endpoint'),
      jwks_uri: endpoint('jwks_uri'),
      ...(body.userinfo_endpoint !== undefined && { userinfo_endpoint: endpoint('userinfo_endpoint') }),
      id_token_signing_alg_values_supported: algorithms('id_token_signing_alg_values_supported'),
      userinfo_signing_alg_values_supported: algorithms('userinfo_signing_alg_values_supported'),
    },
    sendsIssuer: body.authorization_response_iss_parameter_supported === true,
    acceptsSecretInBody: listOf(body.token_endpoint_auth_methods_supported).includes('client_secret_post'),
  }
}
