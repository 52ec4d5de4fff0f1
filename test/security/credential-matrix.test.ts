import { Type } from '@sinclair/typebox'
import type { FastifyInstance, HTTPMethods, InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { type CredentialNeeded, credentialNeeded } from '../support/credential-needed.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { testApplication } from '../support/test-application.js'
import { mistyped } from '../support/test-keys.js'

const noon = Date.UTC(2026, 0, 1, 12)

const cookies = ['none', 'valid', 'expired', 'forged'] as const

const [ok, anonymous] = ['in', 'in, without a user'] as const
const [none, badToken, expired, badKey] = [
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_API_KEY_INVALID',
] as const
const [noSession, noScope, stale, weak] = [
  'FAST_AUTH_SESSION_REQUIRED',
  'FAST_AUTH_INSUFFICIENT_SCOPE',
  'FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  'FAST_AUTH_SECOND_FACTOR_REQUIRED',
] as const

/**
 * What each kind of route answers, by what is in `Authorization` (a bearer token and a key cannot both be there) and, in the
 * order of `cookies`, what is in the access cookie. One word where the cookie makes no difference.
 */
const table = {
  'no bearer': {
    any: [none, ok, expired, badToken],
    optional: [anonymous, ok, anonymous, anonymous],
    session: [none, ok, expired, badToken],
    scoped: [none, ok, expired, badToken],
    recent: [none, stale, expired, badToken],
    strong: [none, weak, expired, badToken],
  },
  'valid bearer': { any: ok, optional: ok, session: ok, scoped: ok, recent: stale, strong: weak },
  'invalid bearer': {
    any: badToken,
    optional: badToken,
    session: badToken,
    scoped: badToken,
    recent: badToken,
    strong: badToken,
  },
  'expired bearer': {
    any: expired,
    optional: expired,
    session: expired,
    scoped: expired,
    recent: expired,
    strong: expired,
  },
  'valid key': { any: ok, optional: ok, session: noSession, scoped: ok, recent: noSession, strong: noSession },
  'key without scopes': {
    any: ok,
    optional: ok,
    session: noSession,
    scoped: noScope,
    recent: noSession,
    strong: noSession,
  },
  'wrong checksum': { any: badKey, optional: badKey, session: badKey, scoped: badKey, recent: badKey, strong: badKey },
  'deleted key': { any: badKey, optional: badKey, session: badKey, scoped: badKey, recent: badKey, strong: badKey },
  'expired key': { any: badKey, optional: badKey, session: badKey, scoped: badKey, recent: badKey, strong: badKey },
  'key of another server': {
    any: badKey,
    optional: badKey,
    session: badKey,
    scoped: badKey,
    recent: badKey,
    strong: badKey,
  },
  'key of another user': {
    any: ok,
    optional: ok,
    session: noSession,
    scoped: ok,
    recent: noSession,
    strong: noSession,
  },
} as const satisfies Record<string, Record<string, string | readonly [string, string, string, string]>>

type Bearer = keyof typeof table
type Kind = keyof (typeof table)['no bearer']
const bearers = Object.keys(table) as Bearer[]

/** The requirement of each route of the host. Those of our own routes are read from their schemas. */
const hostRoutes: Readonly<Record<string, Kind | 'public'>> = {
  'GET /host/any': 'any',
  'POST /host/optional': 'optional',
  'PUT /host/session': 'session',
  'GET /host/scoped': 'scoped',
  'DELETE /host/recent': 'recent',
  'PATCH /host/strong': 'strong',
  'GET /host/open': 'public',
}

function addHostRoutes(app: FastifyInstance): void {
  const { fastAuth } = app
  const { authenticate, authenticateOptional, requireSession } = fastAuth
  const guards: readonly (readonly [HTTPMethods, string, typeof authenticate])[] = [
    ['GET', 'any', authenticate],
    ['POST', 'optional', authenticateOptional],
    ['PUT', 'session', requireSession],
    ['GET', 'scoped', fastAuth.requireScopes('reports:read')],
    ['DELETE', 'recent', fastAuth.requireRecentSignIn({ maxAgeSeconds: 60 })],
    ['PATCH', 'strong', fastAuth.requireSecondFactor()],
  ]
  for (const [method, name, onRequest] of guards) {
    app.route({ method, url: `/host/${name}`, onRequest, handler: async ({ user }) => ({ user }) })
  }
  app.route({ method: 'GET', url: '/host/open', handler: async ({ user }) => ({ user }) })
}

/** Every kind of credential, and the routes that there are. */
async function everything(t: Test) {
  const found = new Map<string, CredentialNeeded>()
  const tested = await testApplication(t, {
    mail: true,
    options: { ...everyRouteWithMail, apiKeys: { scopes: ['reports:read'] }, profileSchema: Type.Object({}) },
    before: app => {
      app.addHook('onRoute', ({ method, url, schema }) => {
        for (const name of [method].flat()) found.set(`${name} ${url}`, credentialNeeded(schema))
      })
    },
    after: addHostRoutes,
  })
  const { app, advance } = tested
  const old = await signUpForTokens(app)
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const keyOf = async ({ accessToken }: { accessToken: string }, wishes: object) => {
    const payload = { name: 'k', scopes: ['reports:read'], ...wishes }
    const headers = bearer(accessToken)
    const made = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload })
    const { id, key }: { id: string; key: string } = made.json()
    return { id, key, remove: () => app.inject({ method: 'DELETE', url: `/auth/api-keys/${id}`, headers }) }
  }
  const [valid, deleted, foreign] = [await keyOf(old, {}), await keyOf(old, {}), await keyOf(ben, {})]
  const short = await keyOf(old, { expiresAt: new Date(noon + 1000).toISOString() })
  const scopeless = await keyOf(old, { scopes: [] })
  await deleted.remove()
  advance(900)
  const fresh = await signInForTokens(app)
  advance(61)
  const forged = `${fresh.accessToken.slice(0, -3)}AAA`
  const authorizations: Record<Bearer, string | null> = {
    'no bearer': null,
    'valid bearer': fresh.accessToken,
    'invalid bearer': forged,
    'expired bearer': old.accessToken,
    'valid key': valid.key,
    'key without scopes': scopeless.key,
    'wrong checksum': mistyped(valid.key),
    'deleted key': deleted.key,
    'expired key': short.key,
    'key of another server': newApiKey('sk-').key,
    'key of another user': foreign.key,
  }
  const accessCookies = { none: null, valid: fresh.accessToken, expired: old.accessToken, forged }
  function headersOf(authorization: Bearer, cookie: (typeof cookies)[number]): Record<string, string> {
    const [token, access] = [authorizations[authorization], accessCookies[cookie]]
    return {
      ...(token === null ? {} : bearer(token)),
      ...(access === null ? {} : { cookie: `__Host-access_token=${access}` }),
    }
  }
  return { ...tested, found, headersOf, ids: { [old.user.id]: 'Ada', [ben.user.id]: 'Ben' } }
}

/** A request that changes nothing: what is wrong with it is looked at after its credentials. */
function harmless(route: string, headers: Record<string, string>): InjectOptions {
  const [method, path = ''] = route.split(' ')
  const url = path.replace(':id', '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11').replace(':provider', 'acme')
  return { method: method as 'GET', url: method === 'GET' ? url : `${url}?x=1`, headers }
}

const { app, found, headersOf, ids } = await everything(t)

interface Answered {
  readonly status: number
  readonly code?: string
  readonly user?: { readonly id: string } | null
}

async function answerTo(route: string, authorization: Bearer, cookie: (typeof cookies)[number]): Promise<Answered> {
  const { statusCode, headers, body } = await app.inject(harmless(route, headersOf(authorization, cookie)))
  const isJson = String(headers['content-type']).startsWith('application/json')
  return { status: statusCode, ...(isJson ? JSON.parse(body) : { body }) }
}

/** Converts an answer to a cell of the table. */
function outcomeOf({ status, code, user }: Answered): string {
  if (status === 401 || status === 403) return String(code)
  return user === null ? anonymous : ok
}

/** Our routes that need a second factor, which no session of this test has. */
const ourStrong = ['DELETE /auth/second-factor/totp', 'POST /auth/second-factor/recovery-codes']
const ours = [...found]
  .filter(([route]) => / \/(auth|\.well-known)\//.test(route) && !route.startsWith('HEAD '))
  .map(([route, kind]) => [route, ourStrong.includes(route) ? 'strong' : kind] as const)
const routes: readonly (readonly [route: string, kind: Kind | 'public'])[] = [...ours, ...Object.entries(hostRoutes)]

t.test('the routes of the host are in the table, and our routes need what is expected of some of them', async t => {
  const all = [...found.keys()].filter(route => !route.startsWith('HEAD '))
  t.same(all.toSorted(), routes.map(([route]) => route).toSorted())
  const kinds = Object.fromEntries(ours)
  t.equal(kinds['GET /auth/me'], 'any')
  t.equal(kinds['POST /auth/tokens/introspect'], 'any')
  for (const route of ['DELETE /auth/me', 'POST /auth/password/change', 'POST /auth/api-keys'])
    t.equal(kinds[route], 'session')
  for (const route of ['POST /auth/sign-in', 'POST /auth/refresh', 'POST /auth/sign-out'])
    t.equal(kinds[route], 'public')
})

for (const [route, kind] of routes) {
  const everyCell = bearers.flatMap(authorization =>
    cookies.map((cookie, column) => ({ authorization, cookie, column, cell: `${authorization}, ${cookie} cookie` })),
  )
  if (kind === 'public') {
    t.test(`${route} looks at no access credential`, async t => {
      const withoutCredentials = await answerTo(route, 'no bearer', 'none')
      for (const { authorization, cookie, cell } of everyCell) {
        t.same(await answerTo(route, authorization, cookie), withoutCredentials, cell)
      }
    })
    continue
  }
  t.test(`${route} answers every pair of credentials as the table says`, async t => {
    for (const { authorization, cookie, column, cell } of everyCell) {
      const row: string | readonly string[] = table[authorization][kind]
      const answer = await answerTo(route, authorization, cookie)
      t.equal(outcomeOf(answer), typeof row === 'string' ? row : row[column], cell)
      const { user } = answer
      if (user) t.equal(ids[user.id], authorization === 'key of another user' ? 'Ben' : 'Ada', cell)
    }
  })
}
