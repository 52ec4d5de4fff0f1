import { AuthError } from '../auth-error.js'
import type { OperationFunctions, OperationSettings } from '../operation-functions.js'
import { runtime } from '../runtime.js'
import type { SessionKeeper } from '../session-keeper.js'
import type {
  ProviderErrorCode,
  ProviderFailed,
  ProviderNotVisited,
  ProviderOutcome,
  ProviderRedirecting,
} from './provider-outcome.js'
import { cancelled, openProviderWindow, passToOpener } from './provider-window.js'
import { ownFragment, ownPage, type Returned, readReturned, removeFragment } from './returned-fragment.js'
import { leaveMark, takeMark } from './tab-marks.js'

/** The settings of a visit to a provider. */
export interface ProviderSettings extends OperationSettings {
  /**
   * `redirect`: this page goes to the provider. `popup`: a window does, and this page stays as it is. Call the function in the
   * handler of a click then.
   * @default 'redirect'
   */
  readonly mode?: 'redirect' | 'popup' | undefined
  /**
   * Page that calls `finishSignIn` after the return: a URL of an origin that the server trusts, or a path of the server, without a
   * fragment. With `popup`, it has the origin of this page.
   * @default this page
   */
  readonly returnTo?: string | undefined
}

/** The functions for sign-in with other providers. */
export interface ProviderFunctions {
  /**
   * Signs in with another provider. The browser returns to a page that calls `finishSignIn`.
   * @param provider name of the provider on the server
   * @example
   * ```ts
   * const { outcome, error } = await client.signInWith('google')
   * if (outcome === 'failed') console.log(error.code)
   * ```
   */
  readonly signInWith: (provider: string, settings?: ProviderSettings) => Promise<ProviderOutcome | ProviderRedirecting>
  /**
   * Begins to link an account at another provider to the account of the user, who proved recently who they are. The browser
   * returns to a page that calls `finishSignIn`.
   * @param provider name of the provider on the server
   */
  readonly linkWith: (provider: string, settings?: ProviderSettings) => Promise<ProviderOutcome | ProviderRedirecting>
  /**
   * Continues after the return from a provider: reads and removes the fragment that the server has added to the address, and begins
   * the session. Call it when the page is opened, before `getMe`. On other pages it sends no request, and `outcome` is `none`.
   * In a window of `popup`, it passes the result to the page that has opened the window, and closes the window.
   * @example
   * ```ts
   * const returned = await client.finishSignIn()
   * if (returned.outcome === 'second-factor-required') console.log('Ask for a code, and call completeSignIn')
   * else if (returned.outcome === 'failed') console.log(returned.error.code)
   * else await client.getMe()
   * ```
   */
  readonly finishSignIn: () => Promise<ProviderOutcome | ProviderNotVisited>
}

export interface ProviderDependencies {
  readonly functions: OperationFunctions
  readonly keeper: SessionKeeper
  readonly transport: 'cookie' | 'token'
  readonly baseUrl: string
}

interface Visit {
  /** Whether the page has a fragment after every success. */
  readonly hasFragment: boolean
  start(): ReturnType<OperationFunctions['linkIdentity' | 'startProviderSignIn']>
}

/** A tab keeps this mark while it is at a provider: with cookies, the page has no fragment after a success. */
const markName = 'fast-auth sign-in'

const notVisited: ProviderNotVisited = { outcome: 'none' }
const failed = (error: AuthError<ProviderErrorCode>): ProviderFailed => ({ outcome: 'failed', error })

/** Creates the functions that send the browser to a provider, from the operations. */
export function createProviderFunctions(dependencies: ProviderDependencies): ProviderFunctions {
  const { functions, keeper, transport, baseUrl } = dependencies
  const channelName = `fast-auth ${baseUrl} providers`
  let finishing: ReturnType<ProviderFunctions['finishSignIn']> | null = null

  /** Reads the session that the callback has begun with cookies. Other tabs learn of it. */
  async function readSession(): Promise<ProviderOutcome | ProviderNotVisited> {
    const { data, error } = await functions.getMe()
    if (error !== undefined) return error.statusCode === 401 ? notVisited : failed(error)
    keeper.changed(data.user, keeper.era)
    return { outcome: 'signed-in', user: data.user }
  }

  async function redeem(code: string): Promise<ProviderOutcome> {
    const { status, data, error } = await functions.redeemProviderCode({ code })
    if (error !== undefined) return failed(error)
    if (status === 200) return { outcome: 'signed-in', user: data.user }
    const { methods, expiresAt } = data
    return methods === undefined
      ? { outcome: 'sign-up-required' }
      : { outcome: 'second-factor-required', waiting: { methods, expiresAt } }
  }

  async function conclude(returned: Returned | null): Promise<ProviderOutcome | ProviderNotVisited> {
    if (returned === null) return readSession()
    if ('code' in returned) return redeem(returned.code)
    if ('linked' in returned) return { outcome: 'linked', provider: returned.linked }
    if ('waiting' in returned) return { outcome: 'second-factor-required', waiting: returned.waiting }
    if ('isSignUpDue' in returned) return { outcome: 'sign-up-required' }
    return failed(new AuthError(returned.error, 'The sign-in with the provider was refused'))
  }

  async function byWindow({ hasFragment, start }: Visit, signal: AbortSignal | undefined): Promise<ProviderOutcome> {
    const opened = openProviderWindow(channelName)
    if (opened === null) return failed(new AuthError('PROVIDER_POPUP_BLOCKED', 'The browser has opened no window'))
    const { data, error } = await start()
    if (error !== undefined) {
      opened.close()
      return failed(error)
    }
    const { fragment, error: ended } = await opened.visit(data.url, signal)
    if (ended !== undefined) return failed(ended)
    const returned = readReturned(fragment, transport)
    const result = returned === null && hasFragment ? notVisited : await conclude(returned)
    return result.outcome === 'none' ? failed(cancelled()) : result
  }

  async function byRedirect({ hasFragment, start }: Visit): Promise<ProviderFailed | ProviderRedirecting> {
    const { data, error } = await start()
    if (error !== undefined) return failed(error)
    if (!hasFragment) leaveMark(runtime, markName, 'pending')
    runtime.location?.assign?.(data.url)
    return { outcome: 'redirecting', url: data.url }
  }

  function visit(
    operation: OperationFunctions['linkIdentity' | 'startProviderSignIn'],
    hasFragment: boolean,
    provider: string,
    { mode, returnTo = ownPage(), signal }: ProviderSettings,
  ) {
    const place = returnTo === undefined ? {} : { returnTo }
    const start = () => operation({ provider, ...place }, signal === undefined ? {} : { signal })
    return mode === 'popup' ? byWindow({ hasFragment, start }, signal) : byRedirect({ hasFragment, start })
  }

  async function finish(): ReturnType<ProviderFunctions['finishSignIn']> {
    const fragment = ownFragment()
    const returned = readReturned(fragment, transport)
    const isExpected = takeMark(markName) !== null
    if (returned !== null) removeFragment()
    const isTaken = await passToOpener(channelName, fragment)
    if (isTaken === true || (returned === null && isTaken === null && !isExpected)) return notVisited
    return conclude(returned)
  }

  return {
    signInWith: (provider, settings = {}) =>
      visit(functions.startProviderSignIn, transport === 'token', provider, settings),
    linkWith: (provider, settings = {}) => visit(functions.linkIdentity, true, provider, settings),
    finishSignIn() {
      finishing ??= finish().finally(() => {
        finishing = null
      })
      return finishing
    },
  }
}
