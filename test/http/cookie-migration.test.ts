import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { browser, cookieJar } from '../support/browser.js'
import { testApplication } from '../support/test-application.js'

type Cookies = NonNullable<FastAuthOptions['cookies']>

const changes: Readonly<Record<string, readonly [before: Cookies, after: Cookies]>> = {
  'a domain is set': [{}, { domain: 'example.com' }],
  'a domain is set for cookies without Secure': [{ secure: false }, { secure: false, domain: 'example.com' }],
  'the domain is taken away': [{ domain: 'example.com' }, { previousDomain: 'example.com' }],
  'the domain becomes narrower': [
    { domain: 'example.com' },
    { domain: 'app.example.com', previousDomain: 'example.com' },
  ],
  'the domain becomes wider': [
    { domain: 'app.example.com' },
    { domain: 'example.com', previousDomain: 'app.example.com' },
  ],
  'the domain becomes that of the host': [{}, { domain: 'app.example.com' }],
}

/** One browser and one storage, with an application before and after a change of its options. */
async function redeployment(
  t: Test,
  [before, after]: readonly [Cookies, Cookies],
  options: Partial<FastAuthOptions> = {},
) {
  const storage = memoryStorage()
  const jar = cookieJar()
  const site = before.secure === false ? 'http://app.example.com' : 'https://app.example.com'
  const of = async (cookies: Cookies) => {
    const tested = await testApplication(t, { options: { ...options, cookies, storage } })
    const ben = browser(tested.app, site, jar)
    const post = (path: string, payload?: object) =>
      ben.send({ method: 'POST', url: `/auth${path}`, ...(payload === undefined ? {} : { payload }) })
    return { ...tested, ben, post, me: () => ben.send({ url: '/auth/me' }) }
  }
  return { old: await of(before), now: await of(after), jar, site }
}

for (const [title, change] of Object.entries(changes)) {
  t.test(`${title}: who is signed in stays so, refresh after refresh, and no cookie is there twice`, async t => {
    const { old, now, jar, site } = await redeployment(t, change)
    await old.post('/sign-up', ada)
    t.equal((await now.me()).statusCode, 200, 'with the cookies of before')
    for (let round = 0; round < 3; round += 1) {
      now.advance(1000)
      t.equal((await now.post('/refresh')).statusCode, 200)
      t.equal((await now.me()).statusCode, 200)
      t.equal((await jar.getCookies(`${site}/auth`)).length, 2)
    }
    t.notOk(now.events.some(({ name }) => name === 'authn_token_reuse'))
    t.equal((await now.post('/sign-out')).statusCode, 204)
    t.strictSame(await jar.getCookies(`${site}/auth`), [])
  })

  t.test(`${title}: a sign-out and a sign-in leave none of the cookies of before`, async t => {
    for (const path of ['/sign-out', '/sign-in']) {
      const { old, now, jar, site } = await redeployment(t, change)
      await old.post('/sign-up', ada)
      await now.post(path, path === '/sign-in' ? ada : undefined)
      t.equal((await jar.getCookies(`${site}/auth`)).length, path === '/sign-in' ? 2 : 0)
      if (path === '/sign-in') t.equal((await now.post('/refresh')).statusCode, 200)
    }
  })

  for (const tokenMode of ['sliding', 'access-only'] as const) {
    t.test(`${title}, in token mode ${tokenMode}: who is signed in stays so`, async t => {
      const { old, now, jar, site } = await redeployment(t, change, { tokenMode })
      await old.post('/sign-up', ada)
      t.equal((await now.me()).statusCode, 200)
      if (tokenMode === 'sliding') t.equal((await now.post('/refresh')).statusCode, 200)
      t.equal((await now.me()).statusCode, 200)
      t.equal((await jar.getCookies(`${site}/auth`)).length, 1)
      t.equal((await now.post('/sign-out')).statusCode, 204)
      t.strictSame(await jar.getCookies(`${site}/auth`), [])
    })
  }
}

t.test('a domain removed without previousDomain requires all users to sign in again, and answers say so', async t => {
  const { old, now } = await redeployment(t, [{ domain: 'example.com' }, {}])
  await old.post('/sign-up', ada)
  t.equal((await now.me()).json().code, 'FAST_AUTH_UNAUTHENTICATED')
  t.equal((await now.post('/refresh')).json().code, 'FAST_AUTH_COOKIES_MISMATCHED')
  t.equal((await now.post('/sign-in', ada)).statusCode, 200)
  t.equal((await now.post('/refresh')).statusCode, 200)
  t.notOk(now.events.some(({ name }) => name === 'authn_token_reuse'))
})

t.test('a cookie of the present settings counts more than one of former settings', async t => {
  const { old, now } = await redeployment(t, [{}, { domain: 'example.com' }])
  const tokenOf = async (tested: typeof now, path: string, account: object) => {
    const answer = await tested.app.inject({
      method: 'POST',
      url: `/auth${path}`,
      payload: { ...account, transport: 'token' },
    })
    return answer.json().accessToken
  }
  const former = await tokenOf(old, '/sign-up', ada)
  const present = await tokenOf(now, '/sign-up', { ...ada, email: 'ben@example.com' })
  const cookie = `__Host-access_token=${former}; __Secure-access_token=${present}`
  t.equal((await now.app.inject({ url: '/auth/me', headers: { cookie } })).json().user.email, 'ben@example.com')
})

t.test('applications on one host, whose names differ, know nothing of each other', async t => {
  const jar = cookieJar()
  const site = 'http://localhost'
  const visitors = await Promise.all(
    ['shop_', 'blog_'].map(async namePrefix => {
      const { app } = await testApplication(t, { options: { cookies: { secure: false, namePrefix } } })
      return browser(app, site, jar)
    }),
  )
  for (const visitor of visitors) await visitor.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  for (const visitor of visitors) {
    t.equal((await visitor.send({ url: '/auth/me' })).statusCode, 200)
    t.equal((await visitor.send({ method: 'POST', url: '/auth/refresh' })).statusCode, 200)
  }
  t.equal((await jar.getCookies(`${site}/auth`)).length, 4)
  await visitors[0]?.send({ method: 'POST', url: '/auth/sign-out' })
  t.equal((await visitors[1]?.send({ url: '/auth/me' }))?.statusCode, 200)
})
