import { createCalls } from './calls.js'
import { fetchRoute } from './fetch-route.js'
import { createLinkWatch } from './link-watch.js'
import type { OperationFunctions } from './operation-functions.js'
import { createOtherTabs, type OtherTabs } from './other-tabs.js'
import { createOwnAddresses } from './own-addresses.js'
import { createPasskeyFunctions, type PasskeyFunctions } from './passkeys/passkey-functions.js'
import { createProviderFunctions, type ProviderFunctions } from './providers/provider-functions.js'
import { createRenewer } from './renewer.js'
import { runtime } from './runtime.js'
import { createSessionKeeper } from './session-keeper.js'
import { createSessionHolder, type SessionState } from './session-state.js'
import { createKeptTokens, type TokenStore } from './token-store.js'
import { createTurns } from './turns.js'

/** The options of `createAuthClient`. */
export interface AuthClientOptions {
  /**
   * URL of the routes of the server, including the prefix. In browsers it may be a path on the origin of the page. Credentials
   * are sent only to this origin.
   * @default '/auth'
   * @example
   * ```ts
   * const client = createAuthClient({ baseUrl: 'https://api.example.com/auth' })
   * ```
   */
  readonly baseUrl?: string
  /**
   * Transport of the tokens. `cookie`, for browsers: HttpOnly cookies, which no script can read. `token`, for all other clients.
   * @default 'cookie'
   */
  readonly transport?: 'cookie' | 'token'
  /**
   * Store in which tokens survive the end of the process, with transport `token`.
   * @default none: tokens are in memory only
   * @example
   * ```ts
   * import { readFile, rm, writeFile } from 'node:fs/promises'
   *
   * const client = createAuthClient({
   *   baseUrl: 'https://api.example.com/auth',
   *   transport: 'token',
   *   tokenStore: {
   *     get: () => readFile('.tokens', 'utf8').catch(() => null),
   *     set: text => writeFile('.tokens', text, { mode: 0o600 }),
   *     remove: () => rm('.tokens', { force: true }),
   *   },
   * })
   * ```
   */
  readonly tokenStore?: TokenStore
  /**
   * Value of the option `tokenMode` of the server.
   * @default 'pair'
   */
  readonly tokenMode?: 'pair' | 'access-only' | 'sliding'
  /**
   * Shares the credentials with other tabs, which then receive sign-ins and sign-outs.
   * @default true in documents with cookies or a token store, otherwise false
   */
  readonly sharesTabs?: boolean
  /**
   * Maximum time to wait for the response to a refresh, in milliseconds. If it exceeds `refreshGraceSeconds` of the server, a
   * lost response ends the session.
   * @default 8000
   */
  readonly refreshTimeoutMilliseconds?: number
  /**
   * Function that sends requests.
   * @default the global `fetch`
   */
  readonly fetch?: typeof fetch
}

/** A client: a function for each operation, the session, and `fetch` for the routes of the application. */
export interface AuthClient
  extends Omit<OperationFunctions, keyof PasskeyFunctions>,
    PasskeyFunctions,
    ProviderFunctions {
  /** The session, as far as this client knows. The object is the same until the session changes. */
  readonly session: SessionState
  /**
   * Calls a listener after every change of `session`.
   * @returns a function that unsubscribes
   * @example
   * ```ts
   * const unsubscribe = client.subscribe(() => console.log(client.session.status))
   * ```
   */
  readonly subscribe: (listener: () => void) => () => void
  /**
   * Sends a request to a route of the application, like `fetch`. If the response is 401 because the access token has expired, it
   * refreshes the session and sends the request once more.
   * @param input path, or URL of the origin of `baseUrl`
   * @throws {TypeError} The URL has another origin, which would receive the credentials.
   * @example
   * ```ts
   * const response = await client.fetch('/reports')
   * ```
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Stops listening to other tabs and to the page. */
  readonly close: () => void
}

/**
 * Creates a client for the routes of fast-auth. It has a function for each operation, which resolves to `data` or `error`. It
 * rejects only with a `TypeError`, if `baseUrl` is neither an http or https URL nor, in browsers, a path.
 * @example
 * ```ts
 * import { createAuthClient } from 'fast-auth/client'
 *
 * const client = createAuthClient({ baseUrl: 'https://api.example.com/auth', transport: 'token' })
 * const { data, error, status } = await client.signIn({ email: 'ada@example.com', password: 'correct horse battery staple' })
 * if (error?.code === 'FAST_AUTH_INVALID_CREDENTIALS') console.log('The address or the password is wrong')
 * else if (status === 202) console.log('Ask for a code, and call completeSignIn')
 * else if (status === 200) console.log(`Hello, ${data.user.email}`)
 * ```
 */
export function createAuthClient(options: AuthClientOptions = {}): AuthClient {
  const { baseUrl = '/auth', transport = 'cookie', tokenStore, tokenMode = 'pair' } = options
  const { refreshTimeoutMilliseconds = 8_000 } = options
  const isShareable = transport === 'cookie' || tokenStore !== undefined
  const { sharesTabs = isShareable && runtime.document !== undefined } = options
  const name = sharesTabs ? `fast-auth ${baseUrl}` : null
  const send: typeof fetch = (input, init) => (options.fetch ?? fetch)(input, init)

  const holder = createSessionHolder()
  const keeper = createSessionKeeper({
    holder,
    tokens: transport === 'token' ? createKeptTokens(tokenStore) : null,
    tabs: (): OtherTabs => tabs,
  })
  // A store that fails now fails again when it is needed, and is heard of then.
  const tabs = createOtherTabs(name, message => void keeper.hear(message).catch(() => {}))
  const turns = createTurns({ lockName: name, patienceMilliseconds: 2 * refreshTimeoutMilliseconds })
  const addresses = createOwnAddresses(baseUrl)
  const post = (signal: AbortSignal) => calls.postRefresh(signal)
  const renewer = createRenewer({ keeper, turns, timeoutMilliseconds: refreshTimeoutMilliseconds, post })
  const exchangeDependencies = {
    keeper,
    renew: tokenMode === 'pair' ? renewer.renew : null,
    status: () => holder.current.status,
  }
  const calls = createCalls({ addresses, exchangeDependencies, keeper, renewer, send, transport, turns })
  const linkWatch = createLinkWatch(calls.functions, holder)

  return {
    ...calls.functions,
    ...createPasskeyFunctions(calls.functions, holder),
    ...createProviderFunctions({ functions: calls.functions, keeper, transport, baseUrl }),
    async requestSignInCode(...parameters) {
      const result = await calls.functions.requestSignInCode(...parameters)
      if (transport === 'cookie' && result.error === undefined) linkWatch.begin()
      return result
    },
    get session() {
      return holder.current
    },
    subscribe: holder.subscribe,
    fetch: (input, init) => fetchRoute({ addresses, exchangeDependencies, send }, input, init),
    close() {
      tabs.close()
      linkWatch.end()
    },
  }
}
