import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { confirmUser, createTestClock, signUpUser } from '../../lib/testing/index.js'
import { ada } from './account.js'
import { browser } from './browser.js'
import { noon } from './protected-application.js'
import { type LocalProvider, type LocalProviderSettings, localProvider } from './providers/local-provider.js'
import type { Claims } from './providers/signing-key.js'
import { type TestApplicationSettings, testApplication } from './test-application.js'
import { type MailSettings, publicUrl } from './test-mail.js'

export const invalidFlow = 'FAST_AUTH_PROVIDER_FLOW_INVALID'
export const invalidAnswer = 'FAST_AUTH_PROVIDER_ANSWER_INVALID'

/** Ada at the provider, with an address that it has verified. */
export const adaThere = { sub: 'ada-there', email: ada.email, email_verified: true } as const

/** Ben has no account before he signs in with the provider. */
export const ben = { sub: 'ben-there', email: 'ben@example.com', email_verified: true } as const

export interface ProviderApplicationSettings extends Pick<TestApplicationSettings, 'before' | 'after' | 'server'> {
  readonly options?: Partial<FastAuthOptions>
  readonly mail?: MailSettings
  /** Options of the provider `acme`. */
  readonly provider?: LocalProviderSettings
  /** How long a request waits before it looks again whether another one has finished. Default: 20 ms. */
  sleep?(): Promise<void>
  /** Further providers, by their options. */
  readonly others?: readonly LocalProviderSettings[]
}

/** The fragment of the URL to which an answer sends the browser. */
export function fragmentOf({ headers }: Pick<LightMyRequestResponse, 'headers'>): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(new URL(String(headers.location)).hash.slice(1)))
}

/** A browser of one user, which can sign in with a provider. */
export function providerBrowser(app: FastifyInstance, provider: LocalProvider) {
  const own = browser(app)
  const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    own.send({ method, url: `/auth${path}`, ...(payload && { payload }) })

  /** Follows the URL of a `ProviderRedirect`. */
  function urlOf(answer: LightMyRequestResponse): URL {
    if (answer.statusCode !== 200) throw new Error(`The request answered ${answer.statusCode}: ${answer.body}`)
    return new URL(answer.json().url)
  }

  /** Begins a sign-in, and returns the URL of the provider. */
  const start = async (body: object = {}, { name } = provider) => urlOf(await send('POST', `/sign-in/${name}`, body))
  /** Visits the callback, as a navigation from the site of the provider. */
  const callback = (parameters: URLSearchParams, { name } = provider) =>
    own.send({ url: `/auth/providers/${name}/callback?${parameters}`, headers: { 'sec-fetch-site': 'cross-site' } })

  return {
    ...own,
    post: (path: string, payload: object) => send('POST', path, payload),
    get: (path: string) => send('GET', path),
    remove: (path: string) => send('DELETE', path),
    start,
    callback,
    /** Signs a user of the provider in, and returns the answer of the callback. */
    async signIn(claims: Claims = ben, body: object = {}, at = provider): Promise<LightMyRequestResponse> {
      return callback(at.approve(await start(body, at), claims), at)
    },
    /** Links a user of the provider to the account that is signed in, and returns the answer of the callback. */
    async link(claims: Claims = adaThere, at = provider): Promise<LightMyRequestResponse> {
      const url = urlOf(await send('POST', `/identities/${at.name}/link`, {}))
      return callback(at.approve(url, claims), at)
    },
    /** The user who is signed in; `null` if there is none. */
    async user(): Promise<{ readonly id: string; readonly email: string; readonly emailConfirmedAt: string } | null> {
      const answer = await send('GET', '/me')
      return answer.statusCode === 200 ? answer.json().user : null
    },
    /** The session of this browser. */
    async session(): Promise<{ readonly id: string }> {
      const { items }: { items: { id: string; current: boolean }[] } = (await send('GET', '/sessions')).json()
      const session = items.find(({ current }) => current)
      if (session === undefined) throw new Error('The browser has no session')
      return session
    },
    /** The identities of the user who is signed in. */
    async identities(): Promise<readonly { readonly id: string; readonly provider: string }[]> {
      return (await send('GET', '/identities')).json().items
    },
  }
}

export type ProviderBrowser = ReturnType<typeof providerBrowser>

/**
 * Makes an application with mail and the provider `acme` on a loopback address, which vouches for addresses. Its clock begins at
 * noon. Without an account.
 */
export async function providerApplication(
  t: Test,
  { options, mail = true, provider: own, sleep, others = [], ...rest }: ProviderApplicationSettings = {},
) {
  const { clock: still, advance, jump } = createTestClock(noon)
  const clock = Object.assign(() => still(), { monotonic: still.monotonic, sleep: sleep ?? (() => setTimeout(20)) })
  const provider = await localProvider(t, { clock, ...own })
  const further = await Promise.all(others.map(settings => localProvider(t, { clock, ...settings })))
  const providers = [provider, ...further].map(one => one.provider)
  const application = await testApplication(t, { mail, options: { clock, providers, ...options }, ...rest })
  const { app, post, mailbox, events, asked } = application
  return {
    ...application,
    ...{ provider, others: further, publicUrl },
    advance: (seconds: number) => advance({ seconds }),
    jump: (seconds: number) => jump({ seconds }),
    now: () => clock(),
    /** A new browser. */
    browser: () => providerBrowser(app, provider),
    /** Signs in with an ID token of a native app. */
    sendIdToken(claims: Claims = ben, { nonce = randomUUID(), ...body }: { nonce?: string } = {}) {
      const idToken = provider.idToken(claims, nonce)
      return post(`/sign-in/${provider.name}/token`, { idToken, nonce, transport: 'token', ...body })
    },
    /** Signs Ada up with her password in a new browser, and confirms her address unless `isConfirmed` is `false`. */
    async ada({ isConfirmed = true } = {}) {
      const hers = providerBrowser(app, provider)
      await signUpUser(app, ada)
      if (isConfirmed) await confirmUser(app, { ...ada, mailbox })
      else await mailbox.waitForMessage(ada.email)
      await hers.post('/sign-in', { ...ada, transport: 'cookie' })
      events.length = 0
      asked()
      return hers
    },
  }
}
