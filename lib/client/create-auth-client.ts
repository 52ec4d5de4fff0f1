import { createCalls } from './calls.js'
import { fetchRoute } from './fetch-route.js'
import type { OperationFunctions } from './operation-functions.js'
import { createOtherTabs, type OtherTabs } from './other-tabs.js'
import { createOwnAddresses } from './own-addresses.js'
import { createRenewer } from './renewer.js'
import { runtime } from './runtime.js'
import { createSessionKeeper } from './session-keeper.js'
import { createSessionHolder, type SessionState } from './session-state.js'
import { createKeptTokens, type TokenStore } from './token-store.js'
import { createTurns } from './turns.js'

export interface AuthClientOptions {
  /**
   * The URL of the routes of the server, including the prefix: `https://api.example.com/auth`. In browsers it may be a path
   * on the origin of the page. Credentials are sent only to this origin.
   * @default '/auth'
   */
  readonly baseUrl?: string
  /**
   * `cookie`, for browsers: HttpOnly cookies, which no script can read. `token`, for everything else.
   * @default 'cookie'
   */
  readonly transport?: 'cookie' | 'token'
  /** With transport `token`: where the tokens outlive the process. Without it they are in memory only. */
  readonly tokenStore?: TokenStore
  /**
   * The value of the option `tokenMode` of the server.
   * @default 'pair'
   */
  readonly tokenMode?: 'pair' | 'access-only' | 'sliding'
  /**
   * Whether other tabs share the credentials and receive sign-ins and sign-outs.
   * @default true in documents with cookies or a token store, otherwise false
   */
  readonly sharesTabs?: boolean
  /**
   * How long the client waits for the response to a refresh. If this exceeds `refreshGraceSeconds` of the server, a lost
   * response ends the session.
   * @default 8000
   */
  readonly refreshTimeoutMilliseconds?: number
  /** Replaces the global `fetch`. */
  readonly fetch?: typeof fetch
}

export interface AuthClient extends OperationFunctions {
  /** The session, as far as this client knows. The object is the same until the session changes. */
  readonly session: SessionState
  /** Calls the listener after every change of `session`. Returns a function that unsubscribes. */
  readonly subscribe: (listener: () => void) => () => void
  /**
   * `fetch` for the routes of the application: a path, or a URL of the origin of `baseUrl`. If the response is 401 because
   * the access token has expired, refreshes the session and sends the request once more.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Listens to other tabs no more. */
  readonly close: () => void
}

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

  return {
    ...calls.functions,
    get session() {
      return holder.current
    },
    subscribe: holder.subscribe,
    fetch: (input, init) => fetchRoute({ addresses, exchangeDependencies, send }, input, init),
    close: tabs.close,
  }
}
