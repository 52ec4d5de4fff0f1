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
   * Where the server's routes are, prefix included: `https://api.example.com/auth`. In browsers a path will do, on the page's
   * own origin. Credentials are sent to this origin and to no other.
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
   * The option of that name of the server.
   * @default 'pair'
   */
  readonly tokenMode?: 'pair' | 'access-only' | 'sliding'
  /**
   * Whether other tabs have the same credentials, and are to be told of sign-ins and sign-outs.
   * @default true in documents with cookies or a token store, otherwise false
   */
  readonly sharesTabs?: boolean
  /**
   * How long an answer to a refresh is waited for. Longer than the server's `refreshGraceSeconds`, and a lost answer costs the session.
   * @default 8000
   */
  readonly refreshTimeoutMilliseconds?: number
  /** Another `fetch`. */
  readonly fetch?: typeof fetch
}

export interface AuthClient extends OperationFunctions {
  /** Who is signed in, as far as this client knows. The same object until something changes. */
  readonly session: SessionState
  /** Calls back after every change of `session`. Returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void
  /**
   * `fetch` for the application's own routes: a path, or an address of the origin of `baseUrl`. Where the answer is a 401 because
   * the access token has expired, the session is refreshed and the request sent once again.
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
