import { createRequire } from 'node:module'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { TokenMode } from '../../schemas/token-mode.js'
import { openapiDefaults } from '../http/openapi-defaults.js'

/** The version of this package. */
export const { version } = createRequire(import.meta.url)('fast-auth/package.json') as { readonly version: string }

const bearer =
  'Other clients ask for `"transport": "token"` and send the access token as `Authorization: Bearer …`; where that header is present, cookies are not looked at.'

/** What a client has to know of the token mode: what it is given, and what it does when that ends. */
const sessions: Readonly<Record<TokenMode, readonly string[]>> = {
  pair: [
    `**Credentials.** A browser gets two HttpOnly cookies and sends them by itself. ${bearer}`,
    '**Access tokens are short-lived.** On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, call `refreshSession` once and repeat the request once. Parallel refreshes get the same successor.',
  ],
  'access-only': [
    `**Credentials.** A browser gets an HttpOnly cookie and sends it by itself. ${bearer}`,
    '**A session ends with its access token**, at `accessTokenExpiresAt`. On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, the person signs in again.',
  ],
  sliding: [
    `**Credentials.** A browser gets an HttpOnly cookie and sends it by itself. ${bearer}`,
    '**A session ends with its access token**, unless that is traded for the next before: call `refreshSession` well before `accessTokenExpiresAt`, half-way for example. On 401 with the code FAST_AUTH_ACCESS_TOKEN_EXPIRED, or in a browser FAST_AUTH_UNAUTHENTICATED, the person signs in again.',
  ],
}

const others = [
  '**API keys** are for programs, in the place of an access token. A mistyped, unknown, deleted or expired one is a 401 with the code FAST_AUTH_API_KEY_INVALID. No key is good for what only a person may do: FAST_AUTH_SESSION_REQUIRED.',
  '**Refusals** are an `AuthError`: rely on its `code`, not on its `message`. Where the server cannot tell, because its storage is down, the answer is 503 with Retry-After, never 401.',
  '**Pages of other origins** cannot send requests with cookies, unless the server trusts their origin.',
]

const tags = [
  { name: 'Authentication', description: 'Signing up, in and out, and staying signed in' },
  { name: 'Account', description: 'The user behind the credential' },
  { name: 'Sessions', description: 'Where a user is signed in, and how to end that' },
  { name: 'Password', description: 'Changing it, and getting in again without it' },
  { name: 'API keys', description: 'Credentials for scripts, made and ended by the people they act for' },
  { name: 'Tokens', description: 'For services beside this one: what a token is worth, and keys to verify it with' },
  { name: 'E-mail', description: 'Proving an address, and changing it' },
  { name: 'Pages', description: 'What mailed links open' },
]

/**
 * Options for `@fastify/swagger`: the document that this package publishes.
 * @param serverUrl Where the paths of the document begin.
 * @param tokenMode That of the routes that it is about.
 */
export function openapiDocument(serverUrl: string, tokenMode: TokenMode = 'pair'): FastifyDynamicSwaggerOptions {
  const description = ['User authentication: accounts, sign-in and sessions.', ...sessions[tokenMode], ...others].join(
    '\n\n',
  )
  return {
    ...openapiDefaults,
    stripBasePath: false,
    openapi: {
      ...openapiDefaults.openapi,
      info: { title: 'fast-auth', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: serverUrl }],
      tags,
    },
  }
}
