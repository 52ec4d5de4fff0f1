import { assertOptions, matching, required } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  clientRules,
  type NativeAppOptions,
  nativeAppRules,
  oidcSettings,
} from '../protocol/client-options.js'
import { createOidcProvider } from '../protocol/oidc-provider.js'
import type { Provider } from '../provider.js'
import { appleClientSecret } from './apple-client-secret.js'

/** The options of `apple`. The client ID is a Services ID, such as `com.example.web`. */
export interface AppleOptions extends ClientOptions, NativeAppOptions {
  /** ID of your team: ten letters and digits. */
  readonly teamId: string
  /** ID of the key for "Sign in with Apple": ten letters and digits. */
  readonly keyId: string
  /** Text of the file `AuthKey_….p8` of this key, which signs the client secrets. */
  readonly privateKey: string
}

const tenCharacters = required(matching(/^[A-Z0-9]{10}$/, 'ten capital letters and digits'))

const rules = {
  ...clientRules,
  ...nativeAppRules,
  teamId: tenCharacters,
  keyId: tenCharacters,
  privateKey: required(matching(/-----BEGIN PRIVATE KEY-----/, 'the text of the file AuthKey_….p8')),
}

const longestUser = 4096

/** Apple sends booleans as texts too. */
const isTrue = (value: unknown) => value === true || value === 'true'

/**
 * Returns the names in the form field `user`, which Apple sends at the first sign-in only. The browser may have made it up: its
 * address is never used.
 */
function namesIn(parameters: URLSearchParams): { readonly name?: unknown; givenName?: unknown; familyName?: unknown } {
  const user = parameters.get('user') ?? ''
  if (user.length > longestUser) return {}
  try {
    const { firstName, lastName } = Object(Object(JSON.parse(user)).name)
    const names = [firstName, lastName].filter(name => typeof name === 'string')
    return { name: names.join(' '), givenName: firstName, familyName: lastName }
  } catch {
    return {}
  }
}

/**
 * Creates the provider Apple, which returns with a POST. In the Apple developer account, create an App ID, a Services ID with
 * the URL of the callback, and a key for "Sign in with Apple". All addresses of Apple are verified; those of its relay forward
 * messages of registered senders only. For native apps, list their bundle IDs in `nativeClientIds`.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://developer.apple.com/documentation/signinwithapplerestapi
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { apple } from 'fast-auth/providers'
 *
 * const provider = apple({
 *   clientId: 'com.example.web',
 *   teamId: 'ABCDE12345',
 *   keyId: 'FGHIJ67890',
 *   privateKey: readFileSync('AuthKey_FGHIJ67890.p8', 'utf8'),
 * })
 * ```
 */
export function apple(options: AppleOptions): Provider {
  assertOptions('apple', options, rules)
  const settings = oidcSettings('apple', options, { displayName: 'Apple', issuer: 'https://appleid.apple.com' })
  return createOidcProvider({
    ...settings,
    scopes: options.scopes === undefined ? ['openid', 'email', 'name'] : settings.scopes,
    responseMode: 'form_post',
    clientSecret: appleClientSecret(options),
    tokenEndpointAuthMethod: 'client_secret_post',
    isEmailVerified: claims => isTrue(claims.email_verified),
    isPrivateEmail: claims => isTrue(claims.is_private_email),
    namesIn,
  })
}
