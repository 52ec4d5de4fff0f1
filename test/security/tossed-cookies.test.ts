import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

// Another host of the same site can set cookies of our names with its domain and any path ("cookie tossing"), unless
// the name begins with __Host-. The browser sends them beside ours, those with the longer path first.

const mallory = { email: 'mallory@example.com', password: 'correct horse battery' }

const kinds = {
  'cookies of one host': { cookies: {}, access: '__Host-access_token', refresh: '__Secure-refresh_token' },
  'cookies of a domain': {
    cookies: { domain: 'example.com' },
    access: '__Secure-access_token',
    refresh: '__Secure-refresh_token',
  },
  'cookies without Secure': { cookies: { secure: false }, access: 'access_token', refresh: 'refresh_token' },
} as const

/** Ada and Mallory, signed in. `refresh` and `me` send cookies: each pair is a name and a token, in this order. */
async function victimAndAttacker(t: Test, kind: keyof typeof kinds, options: Partial<FastAuthOptions> = {}) {
  const { cookies, access, refresh: refreshName } = kinds[kind]
  const tested = await testApplication(t, { options: { cookies, ...options } })
  const [victim, attacker] = [await signUpForTokens(tested.app), await signUpForTokens(tested.app, mallory)]
  tested.calls.length = 0
  tested.events.length = 0
  const send = (method: 'GET' | 'POST', path: string, pairs: readonly (readonly [string, string])[]) => {
    const cookie = pairs.map(([name, token]) => `${name}=${token}`).join('; ')
    return tested.app.inject({ method, url: `/auth${path}`, headers: { cookie } })
  }
  const refreshes = (...pairs: (readonly [string, string])[]) => send('POST', '/refresh', pairs)
  const a = (token: string) => [access, token] as const
  const r = (token: string) => [refreshName, token] as const
  const isLive = async ({ accessToken }: { accessToken: string }) =>
    (await tested.app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode === 200
  return { ...tested, victim, attacker, send, refreshes, a, r, isLive }
}

for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
  t.test(
    `${kind}: a tossed refresh cookie does not sign the victim in as the attacker, wherever it stands`,
    async t => {
      const { victim, attacker, refreshes, a, r, isLive, advance, events } = await victimAndAttacker(t, kind)
      advance(901)
      for (const pairs of [
        [r(attacker.refreshToken), a(victim.accessToken), r(victim.refreshToken)],
        [r(victim.refreshToken), r(attacker.refreshToken), a(victim.accessToken)],
        [r('made-up'), r(attacker.refreshToken), r(victim.refreshToken), a(victim.accessToken)],
      ]) {
        const answer = await refreshes(...pairs)
        t.equal(answer.statusCode, 200)
        t.equal(answer.json().user.email, ada.email)
        t.equal(answer.json().session.id, victim.session.id)
      }
      t.notOk(events.some(({ name }) => name === 'authn_token_reuse'))
      t.notOk(await isLive(attacker), 'its access token is over')
      t.equal(
        (await refreshes(r(attacker.refreshToken), a(attacker.accessToken))).statusCode,
        200,
        'its session is not',
      )
    },
  )

  t.test(
    `${kind}: a refresh cookie of another session than the access cookie names is refused, and nothing ends`,
    async t => {
      const { victim, attacker, refreshes, a, r, isLive, calls, events } = await victimAndAttacker(t, kind)
      const answer = await refreshes(r(attacker.refreshToken), a(victim.accessToken))
      t.hasStrict(answer, { statusCode: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
      t.equal(answer.json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
      t.ok(answer.cookies.length >= 2)
      for (const { maxAge, value } of answer.cookies) t.strictSame([maxAge, value], [0, ''])
      t.strictSame(calls, [], 'the storage is not asked')
      t.hasStrict(events, [{ name: 'authn_token_fail', reason: 'cookies_mismatched' }])
      t.equal(events.length, 1)
      t.ok((await isLive(victim)) && (await isLive(attacker)))
    },
  )

  t.test(`${kind}: two generations of one session are no reuse: the newer one is exchanged`, async t => {
    const { app, victim, refreshes, a, r, isLive, events, advance } = await victimAndAttacker(t, kind)
    const refreshToken = victim.refreshToken
    const renewed = (await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })).json()
    advance(901)
    for (const pairs of [
      [r(refreshToken), r(renewed.refreshToken), a(victim.accessToken)],
      [a(renewed.accessToken), r(renewed.refreshToken), r(refreshToken)],
      [a(renewed.accessToken), a(victim.accessToken), r(renewed.refreshToken), r(refreshToken)],
    ]) {
      const answer = await refreshes(...pairs)
      t.equal(answer.statusCode, 200)
      const [accessToken = ''] = answer.cookies.flatMap(({ name, value }) => (name === a('')[0] && value ? value : []))
      t.ok(await isLive({ accessToken }))
    }
    t.notOk(events.some(({ name }) => name === 'authn_token_reuse'))
  })

  t.test(`${kind}: if the access cookie cannot be read, refresh cookies of two sessions are refused`, async t => {
    const { victim, attacker, refreshes, a, r } = await victimAndAttacker(t, kind)
    const both = [r(attacker.refreshToken), r(victim.refreshToken), a('of-a-key-that-is-gone')] as const
    t.equal((await refreshes(...both)).json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
    const own = await refreshes(r(victim.refreshToken), a('of-a-key-that-is-gone'))
    t.equal(own.statusCode, 200, 'one alone is taken')
  })

  t.test(`${kind}: an older token by itself is still reuse`, async t => {
    const { app, victim, refreshes, a, r, advance } = await victimAndAttacker(t, kind)
    const payload = { refreshToken: victim.refreshToken }
    await app.inject({ method: 'POST', url: '/auth/refresh', payload })
    advance(11)
    const answer = await refreshes(r(victim.refreshToken), a(victim.accessToken))
    t.equal(answer.json().code, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
  })

  t.test(`${kind}: access cookies of two sessions are refused`, async t => {
    const { victim, attacker, send, a } = await victimAndAttacker(t, kind)
    for (const [first, second] of [
      [victim, attacker],
      [attacker, victim],
    ] as const) {
      const answer = await send('GET', '/me', [a(first.accessToken), a(second.accessToken)])
      t.equal(answer.json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
    }
    const beside = await send('GET', '/me', [a('made-up'), a(victim.accessToken)])
    t.equal(beside.json().user.email, ada.email, 'what is not authentic does not count')
    t.equal((await send('GET', '/me', [a('x'), a('y')])).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  })

  t.test(`${kind}: a sign-out ends every session that a cookie names`, async t => {
    const { victim, attacker, send, a, r, isLive } = await victimAndAttacker(t, kind)
    const answer = await send('POST', '/sign-out', [a(victim.accessToken), r(attacker.refreshToken), r('made-up')])
    t.equal(answer.statusCode, 204)
    t.notOk((await isLive(victim)) || (await isLive(attacker)))
  })
}

t.test('a tossed refresh cookie signs no user in without a session, after any earlier refusal', async t => {
  const { victim, attacker, refreshes, a, r, calls } = await victimAndAttacker(t, 'cookies of one host')
  for (const pairs of [[r(attacker.refreshToken)], [r(attacker.refreshToken), r(victim.refreshToken)]]) {
    const answer = await refreshes(...pairs)
    t.equal(answer.json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
  }
  // A name that any host of the site can set says nothing.
  const secure = ['__Secure-access_token', attacker.accessToken] as const
  t.equal((await refreshes(secure, r(attacker.refreshToken))).json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
  t.strictSame(calls, [])
  t.equal((await refreshes(a(attacker.accessToken), r(attacker.refreshToken))).statusCode, 200)
})

t.test('if signing in is optional, access cookies of two sessions are no sign-in', async t => {
  const tested = await testApplication(t, {
    options: { cookies: { domain: 'example.com' } },
    after: app =>
      void app.get('/open', { onRequest: app.fastAuth.authenticateOptional }, async ({ user }) => ({ user })),
  })
  const [one, two] = [await signUpForTokens(tested.app), await signInForTokens(tested.app)]
  const cookie = `__Secure-access_token=${one.accessToken}; __Secure-access_token=${two.accessToken}`
  t.strictSame((await tested.app.inject({ url: '/open', headers: { cookie } })).json(), { user: null })
})

t.test('sliding: of two access tokens of one session the newer one is exchanged', async t => {
  const tested = await testApplication(t, { options: { tokenMode: 'sliding', cookies: { domain: 'example.com' } } })
  const signUp = await tested.app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const tokenOf = ({ cookies }: typeof signUp) => cookies.find(({ value }) => value !== '')?.value ?? ''
  const refresh = (...tokens: string[]) => {
    const cookie = tokens.map(token => `__Secure-access_token=${token}`).join('; ')
    return tested.app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })
  }
  const first = tokenOf(signUp)
  const second = tokenOf(await refresh(first))
  tested.advance(60)
  for (const tokens of [
    [first, second],
    [second, first],
  ])
    t.equal((await refresh(...tokens)).statusCode, 200)
  // Of two tokens of one generation, the later one counts: it is valid for longer.
  const third = tokenOf(await refresh(second, first))
  t.not(third, second)
  t.notOk(tested.events.some(({ name }) => name === 'authn_token_reuse'))
})
