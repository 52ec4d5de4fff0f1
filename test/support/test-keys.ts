import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signUpForTokens, type TokenPair } from './account.js'

/** The answer to the creation of a key. */
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

/** A user who is signed in, with the operations on their keys. */
export interface KeyOwner extends TokenPair {
  post(path: string, payload?: object): Promise<LightMyRequestResponse>
  remove(id: string): Promise<LightMyRequestResponse>
  list(query?: string): Promise<LightMyRequestResponse>
  make(wishes?: object): Promise<MadeKey>
}

interface Account {
  readonly email: string
  readonly password: string
}

/** `true`, or what differs from the `apiKeys` options of tests, and the owner's account if it is not Ada's. */
export type KeySettings = true | (NonNullable<FastAuthOptions['apiKeys']> & { readonly account?: Account })

/** The additional parts of an application with `keys`. */
export interface TestKeys {
  readonly owner: KeyOwner
  /** Signs another user up. */
  ownerOf(account: Account): Promise<KeyOwner>
  /** Requests a guarded route of the host with the key. */
  use(key: string, path?: string): Promise<LightMyRequestResponse>
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

/** Signs the account up. */
async function newOwner(app: FastifyInstance, account?: Account): Promise<KeyOwner> {
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

/** Makes the options of an application with two scopes, its guarded routes, and the functions that use its keys. */
export function createTestKeys(settings: KeySettings) {
  const { account, ...apiKeys } = settings === true ? {} : settings
  return {
    options: { apiKeys: { scopes, ...apiKeys } },
    addRoutes,
    keysOf: async (app: FastifyInstance): Promise<TestKeys> => ({
      owner: await newOwner(app, account),
      ownerOf: other => newOwner(app, other),
      use: (key, path = '/any') => app.inject({ url: path, headers: bearer(key) }),
    }),
  }
}

/** Changes the key's last character, which belongs to its checksum. */
export function mistyped(key: string): string {
  return key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x')
}
