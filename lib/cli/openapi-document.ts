import { createRequire } from 'node:module'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { TokenMode } from '../../schemas/sessions/token-mode.js'
import { openapiDefaults } from '../http/openapi-defaults.js'

/** The version of this package. */
export const { version } = createRequire(import.meta.url)('fast-auth/package.json') as { readonly version: string }

const bearer =
  'Other clients request `"transport": "token"` and send the access token as `Authorization: Bearer …`; if that header is present, the server ignores cookies.'

/** Explains a token mode to the authors of clients: which tokens there are, and what to do when they expire. */
const sessions: Readonly<Record<TokenMode, readonly string[]>> = {
  pair: [
    `**Credentials.** A browser receives two HttpOnly cookies and sends them automatically. ${bearer}`,
    '**Access tokens are short-lived.** On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, call `refreshSession` once and repeat the request once. Concurrent refreshes get the same successor.',
  ],
  'access-only': [
    `**Credentials.** A browser receives an HttpOnly cookie and sends it automatically. ${bearer}`,
    '**A session ends with its access token**, at `accessTokenExpiresAt`. On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, the user must sign in again.',
  ],
  sliding: [
    `**Credentials.** A browser receives an HttpOnly cookie and sends it automatically. ${bearer}`,
    '**A session ends with its access token**, unless the client exchanges the token earlier: call `refreshSession` well before `accessTokenExpiresAt`, for example after half of the lifetime. On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, the user must sign in again.',
  ],
}

const others = [
  '**API keys** are for programs, which send them instead of an access token. A mistyped, unknown, deleted or expired key gets 401 with the code FAST_AUTH_API_KEY_INVALID. Operations that require a session refuse API keys: FAST_AUTH_SESSION_REQUIRED.',
  '**Errors** are an `AuthError`: rely on its `code`, not on its `message`. If the storage is down and the server cannot decide, the response is 503 with Retry-After, never 401.',
  '**Pages of other origins** cannot send requests with cookies unless the server trusts their origin.',
]

const secondFactorTag = 'Second factor'

const secondFactors =
  '**A second factor** is required if the user has set it up: `signIn` then answers 202, and `completeSignIn` continues.'

const passkeyTag = 'Passkeys'

const passkeySentence =
  '**A passkey** is both factors: `startPasskeySignIn` returns the options for `navigator.credentials.get`, and `signInWithPasskey` takes the result.'

const emailCodeTag = 'Sign-in by mail'

const emailCodeSentence =
  '**A mailed code** signs in only the client that requested it: send the cookie or `signInToken` of `requestSignInCode` with `signInWithCode`.'

const providerTag = 'Other providers'

const providerSentence =
  '**Other providers** sign users in by redirects: `startProviderSignIn` returns the URL to which the browser goes, and the callback returns it to your page. Native apps send an ID token to `signInWithIdToken`.'

const organizationTag = 'Organisations'

const organizationSentence =
  '**Organisations.** A session acts in one organisation at a time: `switchOrganization` changes it. The claims `org` and `org_role` of its access tokens name it.'

const acceptedWithNewRole = 'If the role of the user changes, the tokens are accepted with the new role.'

/** What a change of role does to the access tokens, by token mode. */
const changedRoles: Readonly<Record<TokenMode, string>> = {
  pair: 'If the role of the user changes, the tokens are refused as expired, and the next refresh has the new role.',
  sliding: acceptedWithNewRole,
  'access-only': acceptedWithNewRole,
}

const tags = [
  { name: 'Authentication', description: 'Sign up, sign in, sign out and refresh sessions' },
  { name: 'Account', description: 'The authenticated user' },
  { name: 'Sessions', description: 'List and end the sessions of a user' },
  { name: 'Tokens', description: 'For other services: the state of a token, and keys to verify it' },
  { name: 'Password', description: 'Change or reset the password' },
  { name: secondFactorTag, description: 'Authenticator apps and recovery codes' },
  { name: passkeyTag, description: 'Sign in without a password; add, rename and delete passkeys' },
  { name: emailCodeTag, description: 'Sign in with a code or a link that is mailed to the user' },
  { name: providerTag, description: 'Sign in with other providers; link and unlink their accounts' },
  { name: organizationTag, description: 'Organisations, their members with roles, and invitations' },
  { name: 'API keys', description: 'Credentials for programs that act for a user; the user creates and deletes them' },
  { name: 'E-mail', description: 'Confirm and change the email address' },
  { name: 'Pages', description: 'The pages that mailed links open' },
]

/** The options of the server that change its document. */
export interface DocumentedOptions {
  readonly tokenMode?: TokenMode | undefined
  readonly secondFactor?: 'off' | 'offered' | 'required' | undefined
  readonly passkeys?: object | undefined
  readonly emailSignIn?: object | undefined
  readonly providers?: readonly object[] | undefined
  readonly organizations?: object | undefined
}

/**
 * Returns options for `@fastify/swagger` that produce the document of this package.
 * @param serverUrl The base of the paths in the document.
 */
export function openapiDocument(
  serverUrl: string,
  { tokenMode = 'pair', secondFactor = 'off', passkeys, emailSignIn, providers, organizations }: DocumentedOptions,
): FastifyDynamicSwaggerOptions {
  const hasSecondFactor = secondFactor !== 'off'
  const hasPasskeys = passkeys !== undefined
  const hasMailedCodes = emailSignIn !== undefined
  const parts = [
    ...sessions[tokenMode],
    ...(hasSecondFactor ? [secondFactors] : []),
    ...(hasPasskeys ? [passkeySentence] : []),
    ...(hasMailedCodes ? [emailCodeSentence] : []),
    ...(providers === undefined ? [] : [providerSentence]),
    ...(organizations === undefined ? [] : [`${organizationSentence} ${changedRoles[tokenMode]}`]),
    ...others,
  ]
  const absentTags = [
    ...(hasSecondFactor ? [] : [secondFactorTag]),
    ...(hasPasskeys ? [] : [passkeyTag]),
    ...(hasMailedCodes ? [] : [emailCodeTag]),
    ...(providers === undefined ? [providerTag] : []),
    ...(organizations === undefined ? [organizationTag] : []),
  ]
  const description = ['User authentication: accounts, sign-in and sessions.', ...parts].join('\n\n')
  return {
    ...openapiDefaults,
    stripBasePath: false,
    openapi: {
      ...openapiDefaults.openapi,
      info: { title: 'fast-auth', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: serverUrl }],
      tags: tags.filter(({ name }) => !absentTags.includes(name)),
    },
  }
}
