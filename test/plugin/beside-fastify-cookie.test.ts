import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { ada, cookieHeader } from '../support/account.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

async function useCookies(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCookie, { secret: 'a secret that signs the cookies of the host' })
}

/** The places at which the host registers its cookie plugin. */
const orders: Record<string, TestApplicationSettings> = {
  'before fast-auth': { before: useCookies },
  'after fast-auth': { after: useCookies },
}

for (const [when, settings] of Object.entries(orders)) {
  t.test(`@fastify/cookie ${when}: the host's cookies and ours are read and written side by side`, async t => {
    const { app } = await testApplication(t, {
      ...settings,
      after: async app => {
        await settings.after?.(app)
        app.get('/theme', { onRequest: app.fastAuth.authenticate }, async (request, reply) => {
          reply.setCookie('theme', 'dark', { signed: true, path: '/' })
          return { theme: request.unsignCookie(request.cookies.theme ?? '').value, user: request.user?.email }
        })
      },
    })
    const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
    t.strictSame(
      signUp.cookies.map(({ name }) => name),
      ['__Host-access_token', '__Secure-refresh_token'],
    )
    const first = await app.inject({ url: '/theme', headers: { cookie: cookieHeader(signUp) } })
    t.strictSame(first.json(), { theme: null, user: ada.email })
    const cookie = `${cookieHeader(first)}; ${cookieHeader(signUp)}`
    t.strictSame((await app.inject({ url: '/theme', headers: { cookie } })).json(), { theme: 'dark', user: ada.email })
    t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie } })).statusCode, 200)
  })
}

t.test("a cookie that a hook of the host's sets on every answer goes out beside ours", async t => {
  const { app } = await testApplication(t, {
    before: async app => {
      await useCookies(app)
      app.addHook('onRequest', async (_request, reply) => {
        reply.setCookie('seen', '1', { path: '/' })
      })
    },
  })
  const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  t.strictSame(signUp.cookies.map(({ name }) => name).sort(), ['__Host-access_token', '__Secure-refresh_token', 'seen'])
  const signOut = await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie: cookieHeader(signUp) } })
  t.equal(signOut.cookies.filter(({ maxAge }) => maxAge === 0).length, 2)
})

t.test('a cookie parser of the host does not decide how ours are read', async t => {
  const { app } = await testApplication(t, {
    before: async app => {
      await app.register(fastifyCookie, { parseOptions: { decode: () => 'decoded by the host' } as object })
    },
  })
  const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  t.equal((await app.inject({ url: '/auth/me', headers: { cookie: cookieHeader(signUp) } })).statusCode, 200)
})
