import { configure, jsonAnswer } from './configure.js'
import { orInvalid } from './connection.js'
import type { KeySet } from './key-set.js'
import type { JsonObject, OpenIdClient } from './openid-client.js'
import type { ProviderFetch } from './provider-fetch.js'
import type { ServerMetadata } from './server-metadata.js'

interface UserInfoRequest {
  readonly library: OpenIdClient
  readonly metadata: ServerMetadata
  readonly allowsLoopback: boolean
  readonly keySet: KeySet
  readonly fetch: ProviderFetch
  readonly clientId: string
  readonly accessToken: string
  /** Subject of the ID token. Claims about another user are refused. */
  readonly subject: string
}

/**
 * Returns the claims at the user info endpoint (OpenID Connect Core 1.0, section 5.3). The signature of a JWT is verified.
 * @throws {InvalidAnswerError} The provider refuses, or its answer is malformed or about another user.
 * @throws {ProviderFailure} The provider does not answer.
 */
export async function userInfo(request: UserInfoRequest): Promise<JsonObject> {
  const { library, metadata, allowsLoopback, keySet, clientId, accessToken, subject } = request
  const configuration = configure(library, {
    metadata,
    clientId,
    authentication: library.None(),
    fetch: async (url, init) =>
      url === metadata.jwks_uri
        ? jsonAnswer({ keys: await keySet.keysWith(undefined) })
        : request.fetch(url, init, { isJson: true }),
    allowsLoopback,
  })
  library.enableNonRepudiationChecks(configuration)
  return orInvalid(library.fetchUserInfo(configuration, accessToken, subject), () => 'user_info')
}
