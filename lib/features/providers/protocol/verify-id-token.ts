import type { EpochMilliseconds } from '../../../storage/records.js'
import type { ProviderInvalidReason } from '../provider.js'
import { configure, jsonAnswer } from './configure.js'
import { orInvalid } from './connection.js'
import { expectedIssuer, hasTenantPlaceholder } from './expected-issuer.js'
import { idTokenParts } from './id-token-parts.js'
import type { KeySet } from './key-set.js'
import type { JsonObject, OpenIdClient } from './openid-client.js'
import { InvalidAnswerError } from './provider-errors.js'
import type { ServerMetadata } from './server-metadata.js'

interface Verification {
  readonly library: OpenIdClient
  readonly metadata: ServerMetadata
  readonly allowsLoopback: boolean
  readonly keySet: KeySet
  readonly idToken: string
  readonly nonce: string
  /** Client IDs of the application: the token is for one of them, and requested by one of them. */
  readonly clientIds: readonly string[]
  readonly now: EpochMilliseconds
}

/** A verified ID token. */
export interface VerifiedIdToken {
  /** Issuer of the configuration, with the tenant in place of a placeholder. */
  readonly issuer: string
  readonly claims: JsonObject
}

const toleranceSeconds = 30

/** Maximum age of an ID token, whatever its `exp`. Used ones are remembered for longer. */
const maximumAgeSeconds = 86_400

/** Returns which of the client IDs a token is for. */
function audienceOf({ aud, azp }: JsonObject, clientIds: readonly string[]): string {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  const audience = clientIds.find(id => audiences.includes(id))
  const isRequestedByUs = azp === undefined || clientIds.some(id => id === azp)
  if (audience === undefined || !isRequestedByUs) throw new InvalidAnswerError('audience')
  return audience
}

/** Judges the times by the application's clock. The library has checked that they are numbers. */
function assertTimely({ exp, iat, nbf = iat }: JsonObject, now: EpochMilliseconds): void {
  const nowSeconds = now / 1000
  if (Math.min(Number(exp), Number(iat) + maximumAgeSeconds) <= nowSeconds - toleranceSeconds)
    throw new InvalidAnswerError('expired')
  if (Math.max(Number(iat), Number(nbf)) > nowSeconds + toleranceSeconds)
    throw new InvalidAnswerError('issued_in_future')
}

const reasons: Readonly<Record<string, ProviderInvalidReason>> = {
  iss: 'issuer',
  aud: 'audience',
  azp: 'audience',
  nonce: 'nonce',
}

/** Returns why the library refuses a token: the causes of its errors name the claim. */
function reasonOf(error: unknown): ProviderInvalidReason {
  const { code, cause } = Object(error)
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return 'unknown_key'
  return reasons[Object(Object(cause).cause).claim] ?? 'id_token'
}

/**
 * Verifies an ID token (OpenID Connect Core 1.0, section 3.1.3.7), always with its signature.
 * @throws {InvalidAnswerError} The token proves nothing.
 * @throws {ProviderFailure} The keys of the provider cannot be loaded.
 */
export async function verifyIdToken(verification: Verification): Promise<VerifiedIdToken> {
  const { library, metadata, allowsLoopback, keySet, idToken, nonce, clientIds, now } = verification
  const { header, claims: unverified } = idTokenParts(idToken)
  const algorithms = metadata.id_token_signing_alg_values_supported
  if (!algorithms.some(name => name === header.alg)) throw new InvalidAnswerError('algorithm')
  const clientId = audienceOf(unverified, clientIds)
  const issuer = expectedIssuer(metadata.issuer, unverified.tid)
  const all = await keySet.keysWith(header.kid)

  // Microsoft names the issuer of each key, or a template of it: a key of one tenant signs no tokens of another.
  const isOfIssuer = (key: JsonObject) =>
    typeof key.issuer !== 'string' || expectedIssuer(key.issuer, unverified.tid) === issuer
  const keys = hasTenantPlaceholder(metadata.issuer) ? all.filter(isOfIssuer) : all

  const configuration = configure(library, {
    metadata: { ...metadata, issuer },
    clientId,
    authentication: library.None(),
    // The only request is that for the keys.
    fetch: async () => jsonAnswer({ keys }),
    allowsLoopback,
  })
  library.useIdTokenResponseType(configuration)
  const callback = new URL(`https://localhost/#${new URLSearchParams({ id_token: idToken })}`)
  const claims = await orInvalid(library.implicitAuthentication(configuration, callback, nonce), reasonOf)
  assertTimely(claims, now)
  return { issuer, claims }
}
