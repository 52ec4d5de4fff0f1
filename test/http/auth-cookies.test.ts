import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, cookieHeader, signUpForCookies } from '../support/account.js'
import { browser } from '../support/browser.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

type Cookies = NonNullable<FastAuthOptions['cookies']>

/** The Set-Cookie headers of a sign-up, without the tokens. */
async function setCookies(t: Test, options: Partial<FastAuthOptions>) {
  const { app } = await testApplication(t, { options })
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  return [answer.headers['set-cookie'] ?? []].flat().map(line => line.replace(/=[\w.-]{79,};/, '=…;'))
}

const kinds: readonly [title: string, cookies: Cookies, expected: readonly string[]][] = [
  [
    'secure cookies belong to the host that set them',
    {},
    [
      '__Host-access_token=…; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-refresh_token=…; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=Lax',
    ],
  ],
  [
    'cookies of a domain are shared with its subdomains, and cannot be __Host-',
    { domain: 'example.com' },
    [
      '__Host-access_token=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-access_token=…; Max-Age=1209600; Domain=example.com; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-refresh_token=; Max-Age=0; Path=/auth; HttpOnly; Secure; SameSite=Lax',
      '__Secure-refresh_token=…; Max-Age=1209600; Domain=example.com; Path=/auth; HttpOnly; Secure; SameSite=Lax',
    ],
  ],
  [
    'cookies that are not secure have no prefix, which promises it',
    { secure: false },
    [
      'access_token=…; Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax',
      'refresh_token=…; Max-Age=1209600; Path=/auth; HttpOnly; SameSite=Lax',
    ],
  ],
  [
    'cookies that are not secure may have a domain',
    { secure: false, domain: 'example.com' },
    [
      'access_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      'access_token=…; Max-Age=1209600; Domain=example.com; Path=/; HttpOnly; SameSite=Lax',
      'refresh_token=; Max-Age=0; Path=/auth; HttpOnly; SameSite=Lax',
      'refresh_token=…; Max-Age=1209600; Domain=example.com; Path=/auth; HttpOnly; SameSite=Lax',
    ],
  ],
  [
    'cookies with a name of their own keep the prefix that is a promise',
    { namePrefix: 'shop_' },
    [
      '__Host-shop_access_token=…; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-shop_refresh_token=…; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=Lax',
    ],
  ],
  [
    'cookies can be strict',
    { sameSite: 'strict' },
    [
      '__Host-access_token=…; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Strict',
      '__Secure-refresh_token=…; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=Strict',
    ],
  ],
  [
    'cookies can go to other sites',
    { sameSite: 'none' },
    [
      '__Host-access_token=…; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=None',
      '__Secure-refresh_token=…; Max-Age=1209600; Path=/auth; HttpOnly; Secure; SameSite=None',
    ],
  ],
]

for (const [title, cookies, expected] of kinds) {
  t.test(title, async t => {
    t.strictSame(await setCookies(t, { cookies }), expected)
  })

  t.test(`${title}: a browser keeps them, sends them where they belong, and loses them at sign-out`, async t => {
    const { app } = await testApplication(t, { options: { cookies } })
    const site = cookies.secure === false ? 'http://app.example.com' : 'https://app.example.com'
    const ben = browser(app, site)
    const names = async (path: string) =>
      (await ben.cookies(path)).map(({ key }) => key.replace(/^__\w+-/, '').replace('shop_', '')).sort()
    await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
    t.strictSame(await names('/auth/refresh'), ['access_token', 'refresh_token'])
    t.strictSame(await names('/auth'), ['access_token', 'refresh_token'])
    t.strictSame(await names('/anything/else'), ['access_token'])
    t.strictSame(await names('/authors'), ['access_token'])
    t.equal((await ben.send({ method: 'POST', url: '/auth/refresh' })).statusCode, 200)
    t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
    t.equal((await ben.send({ method: 'POST', url: '/auth/sign-out' })).statusCode, 204)
    t.strictSame(await names('/auth/refresh'), [])
  })
}

t.test('the refresh cookie goes where the routes are, as a browser sees them', async t => {
  const pathOf = async (options: Partial<FastAuthOptions>) =>
    /Path=([^;]*)/.exec((await setCookies(t, options))[1] ?? '')?.[1]
  t.equal(await pathOf({ publicUrl: 'https://example.com' }), '/auth')
  t.equal(await pathOf({ publicUrl: 'https://example.com/' }), '/auth')
  t.equal(await pathOf({ publicUrl: 'https://example.com/app' }), '/app/auth')
  t.equal(await pathOf({ publicUrl: 'https://example.com/app/v1//' }), '/app/v1/auth')
})

t.test('a browser behind a proxy that takes off a path refreshes and signs out', async t => {
  const { app } = await testApplication(t, { options: { publicUrl: 'https://example.com/app' } })
  const ben = browser(app, 'https://example.com/app')
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  t.equal((await ben.send({ method: 'POST', url: '/auth/refresh' })).statusCode, 200)
  t.equal((await ben.send({ method: 'POST', url: '/auth/sign-out' })).statusCode, 204)
  t.strictSame(await ben.cookies('/auth/refresh'), [])
})

t.test('cookies of another configuration are not ours', async t => {
  const { app, calls } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  calls.length = 0
  const unprefixed = cookie.replaceAll('__Host-', '').replaceAll('__Secure-', '')
  for (const foreign of [unprefixed, unprefixed.toUpperCase(), cookie.replace('__Host-', '__Secure-')]) {
    refused(t, await app.inject({ url: '/auth/me', headers: { cookie: foreign } }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  }
  t.strictSame(calls, [])
})

t.test('a token in the cookie of the other is refused', async t => {
  const { app, calls } = await testApplication(t)
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const [access, refresh] = answer.cookies.map(({ value }) => value)
  calls.length = 0
  const cookie = cookieHeader({
    cookies: [
      { name: '__Host-access_token', value: refresh ?? '' },
      { name: '__Secure-refresh_token', value: access ?? '' },
    ],
  })
  refused(t, await app.inject({ url: '/auth/me', headers: { cookie } }), 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const swapped = await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })
  refused(t, swapped, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  t.strictSame(calls, [])
})

t.test('other cookies, broken ones too, are passed over', async t => {
  const { app } = await testApplication(t)
  const cookie = await signUpForCookies(app)
  for (const around of [`theme=dark; ${cookie}`, `${cookie}; x`, `=; %=%; ${cookie}; __proto__=1`, `a=b;${cookie}`]) {
    t.equal((await app.inject({ url: '/auth/me', headers: { cookie: around } })).statusCode, 200)
  }
  for (const none of ['', ';;', 'x', '__Host-access_token']) {
    const answer = await app.inject({ url: '/auth/me', headers: { cookie: none } })
    refused(t, answer, 401, 'FAST_AUTH_UNAUTHENTICATED')
  }
})
