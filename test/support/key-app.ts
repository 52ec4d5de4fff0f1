import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signUpForTokens, type TokenPair } from './account.js'
import { type TestApp, type TestAppSettings, testApp } from './test-app.js'

/** What the answer to making a key holds. */
export interface MadeKey {
  readonly id: string
  readonly name: string
  readonly keyPrefix: string
  readonly lastFour: string
  readonly scopes: readonly string[]
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly key: string
}

/** Somebody who is signed in, and what they do to their keys. */
export interface KeyOwner extends TokenPair {
  post(path: string, payload?: object): Promise<LightMyRequestResponse>
  remove(id: string): Promise<LightMyRequestResponse>
  list(query?: string): Promise<LightMyRequestResponse>
  make(wishes?: object): Promise<MadeKey>
}

export interface KeyApp extends TestApp {
  readonly owner: KeyOwner
  ownerOf(account: { email: string; password: string }): Promise<KeyOwner>
  /** Asks a guarded route of the host's. */
  use(key: string, path?: string): Promise<LightMyRequestResponse>
}

export interface KeyAppSettings extends Omit<TestAppSettings, 'options'> {
  readonly options?: Partial<FastAuthOptions>
  readonly apiKeys?: FastAuthOptions['apiKeys']
  /** Who signs up; without it, Ada. */
  readonly account?: { readonly email: string; readonly password: string }
}

const scopes = ['reports:read', 'reports:write']

function addRoutes(app: FastifyInstance): void {
  const { authenticate, authenticateOptional, requireScopes, requireSession } = app.fastAuth
  app.get('/any', { onRequest: authenticate }, async ({ user }) => user)
  app.get('/optional', { onRequest: authenticateOptional }, async ({ user }) => ({ user }))
  app.get('/session', { onRequest: requireSession }, async () => 'in')
  app.get('/read', { onRequest: requireScopes('reports:read') }, async () => 'in')
  const onRequest = [authenticate, requireScopes('reports:read')]
  app.get('/often', { onRequest, preHandler: [authenticate, authenticateOptional] }, async () => 'in')
}

/** Signs Ada, or whoever it is, up. */
async function newOwner(app: FastifyInstance, account?: { email: string; password: string }): Promise<KeyOwner> {
  const tokens = await signUpForTokens(app, account)
  const headers = bearer(tokens.accessToken)
  const owner: KeyOwner = {
    ...tokens,
    post: (path, payload = {}) => app.inject({ method: 'POST', url: `/auth/api-keys${path}`, headers, payload }),
    remove: id => app.inject({ method: 'DELETE', url: `/auth/api-keys/${id}`, headers }),
    list: (query = '') => app.inject({ url: `/auth/api-keys${query}`, headers }),
    async make(wishes = {}) {
      const answer = await owner.post('', { name: 'deploy', ...wishes })
      if (answer.statusCode !== 201) throw new Error(`making a key answered ${answer.statusCode}: ${answer.body}`)
      return answer.json()
    },
  }
  return owner
}

/** An app with routes for keys, that knows two scopes, and Ada, who is signed in to it. */
export async function keyApp(
  t: Test,
  { options, apiKeys, account, after, ...settings }: KeyAppSettings = {},
): Promise<KeyApp> {
  const tested = await testApp(t, {
    ...settings,
    options: { apiKeys: { scopes, ...apiKeys }, ...options },
    async after(app) {
      addRoutes(app)
      await after?.(app)
    },
  })
  const owner = await newOwner(tested.app, account)
  tested.calls.length = 0
  tested.events.length = 0
  return {
    ...tested,
    owner,
    ownerOf: account => newOwner(tested.app, account),
    use: (key, path = '/any') => tested.app.inject({ url: path, headers: bearer(key) }),
  }
}

/** The key with its last character, which is the checksum's, changed. */
export function mistyped(key: string): string {
  return key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x')
}
