import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The texts that mean the same: base64url leaves two bits of the last character unused. */
function variationsOf(token: string): string[] {
  const last = alphabet.indexOf(token.at(-1) ?? '')
  return [0, 1, 2, 3].map(unused => token.slice(0, -1) + alphabet[last ^ unused])
}

/** Changes a handler can make to `request.user`, as far as the language lets it. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) spoil(inner)
  if (Array.isArray(value)) value.push('admin')
  else Object.assign(value, { id: 'another user', email: 'mallory@example.com', role: 'admin' })
}

async function appWith(t: Test, options: Partial<FastAuthOptions> = {}) {
  const tested = await testApplication(t, {
    options,
    after(app) {
      app.get('/mine', { onRequest: app.fastAuth.authenticate }, async ({ user }) => {
        const seen = structuredClone(user)
        spoil(user)
        return seen
      })
    },
  })
  const { app } = tested
  const pair = await signUpForTokens(app)
  tested.calls.length = 0
  return {
    ...tested,
    pair,
    byBearer: (token: string) => app.inject({ url: '/mine', headers: bearer(token) }),
    byCookie: (token: string) => app.inject({ url: '/mine', headers: { cookie: `__Host-access_token=${token}` } }),
  }
}

type Tested = Awaited<ReturnType<typeof appWith>>

const ends: readonly (readonly [
  what: string,
  code: string,
  end: (tested: Tested) => unknown,
  options?: Partial<FastAuthOptions>,
])[] = [
  ['an expired token', 'FAST_AUTH_ACCESS_TOKEN_EXPIRED', ({ advance }) => advance(900)],
  ['a token from the future', 'FAST_AUTH_ACCESS_TOKEN_INVALID', ({ advance }) => advance(-31)],
  [
    'a token of a session that was signed out',
    'FAST_AUTH_SESSION_REVOKED',
    ({ app, pair }) => app.inject({ method: 'POST', url: '/auth/sign-out', headers: bearer(pair.accessToken) }),
  ],
  [
    'a token that a refresh has ended',
    'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
    ({ app, pair: { refreshToken } }) =>
      app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } }),
    { revokePreviousAccessToken: true },
  ],
]

for (const [what, code, end, options] of ends) {
  for (const [when, isRemembered] of [
    ['seen for the first time', false],
    ['remembered', true],
  ] as const) {
    t.test(`${what} is refused, ${when}, in all of its texts, as bearer token and as cookie`, async t => {
      const tested = await appWith(t, options)
      const texts = variationsOf(tested.pair.accessToken)
      const ask = (text: string) => Promise.all([tested.byBearer(text), tested.byCookie(text)])
      if (isRemembered) {
        for (const text of [...texts, ...texts])
          t.strictSame(
            (await ask(text)).map(answer => answer.statusCode),
            [200, 200],
          )
      }
      await end(tested)
      for (const text of texts) {
        t.strictSame(
          (await ask(text)).map(answer => [answer.statusCode, answer.json().code]),
          [
            [401, code],
            [401, code],
          ],
        )
      }
    })
  }
}

t.test('a remembered token is refused without its last character, and with one more', async t => {
  const { pair, byBearer, byCookie } = await appWith(t)
  t.equal((await byBearer(pair.accessToken)).statusCode, 200)
  for (const text of [pair.accessToken.slice(0, -1), `${pair.accessToken}A`, `${pair.accessToken}=`]) {
    t.equal((await byBearer(text)).statusCode, 401)
    t.equal((await byCookie(text)).statusCode, 401)
  }
})

t.test('changes of a handler to request.user are invisible to other requests with the token', async t => {
  const claims = () => ({ role: 'member', teams: ['blue'], plan: { seats: 3, labels: ['trial'] } })
  const { pair, byBearer, byCookie } = await appWith(t, { claims })
  const first = (await byBearer(pair.accessToken)).json()
  t.hasStrict(first, { id: pair.user.id, claims: claims() })
  for (const ask of [byBearer, byCookie, byBearer]) t.strictSame((await ask(pair.accessToken)).json(), first)
})

t.test('changes of a handler to request.user are invisible to other requests with the API key', async t => {
  const { owner, use } = await testApplication(t, {
    keys: true,
    after(app) {
      app.get('/spoiling', { onRequest: app.fastAuth.authenticate }, async ({ user }) => spoil(user))
    },
  })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  const first = (await use(key)).json()
  await use(key, '/spoiling')
  t.strictSame((await use(key)).json(), first)
  t.strictSame(first.scopes, ['reports:read'])
})

t.test('a remembered token costs one storage call in strict mode, and none otherwise', async t => {
  for (const [revocation, expected] of [
    ['strict', ['sessions.find']],
    ['feed', []],
    ['none', []],
  ] as const) {
    const { pair, byBearer, calls } = await appWith(t, { revocation })
    await byBearer(pair.accessToken)
    calls.length = 0
    t.equal((await byBearer(pair.accessToken)).statusCode, 200)
    t.strictSame(calls, expected, revocation)
  }
})
