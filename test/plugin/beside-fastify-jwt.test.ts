import fastifyJwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { otherSecret, secret } from '../support/secret.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

/** The host's own tokens on `/host`, ours on `/ours`. */
function addRoutes(app: FastifyInstance, verify: 'jwtVerify' | 'hostJwtVerify'): void {
  app.get('/ours', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user?.email)
  app.get('/host', async request => {
    const claims: unknown = await Reflect.get(request, verify).call(request)
    return claims
  })
}

/** How a host may have its own @fastify/jwt. */
const hosts: Record<string, TestApplicationSettings & { readonly sign: (app: FastifyInstance) => string }> = {
  'before fast-auth': {
    before: async app => {
      await app.register(fastifyJwt, { secret: otherSecret })
    },
    after: app => addRoutes(app, 'jwtVerify'),
    sign: app => app.jwt.sign({ shop: 7 } as never),
  },
  'before fast-auth, under a name of its own': {
    before: async app => {
      await app.register(fastifyJwt, { secret: otherSecret, decoratorName: 'customer' })
    },
    after: app => addRoutes(app, 'jwtVerify'),
    sign: app => app.jwt.sign({ shop: 7 } as never),
  },
  'after fast-auth, under a name of its own': {
    after: async app => {
      await app.register(fastifyJwt, { secret: otherSecret, decoratorName: 'customer' })
      addRoutes(app, 'jwtVerify')
    },
    sign: app => app.jwt.sign({ shop: 7 } as never),
  },
  'before fast-auth, in a namespace': {
    before: async app => {
      await app.register(fastifyJwt, { secret: otherSecret, namespace: 'host', jwtVerify: 'hostJwtVerify' })
    },
    after: app => addRoutes(app, 'hostJwtVerify'),
    sign: app => Reflect.get(app.jwt, 'host').sign({ shop: 7 }),
  },
  'after fast-auth, in a namespace and under a name of its own': {
    after: async app => {
      await app.register(fastifyJwt, {
        secret: otherSecret,
        namespace: 'host',
        jwtVerify: 'hostJwtVerify',
        decoratorName: 'customer',
      })
      addRoutes(app, 'hostJwtVerify')
    },
    sign: app => Reflect.get(app.jwt, 'host').sign({ shop: 7 }),
  },
}

for (const [how, { sign, ...settings }] of Object.entries(hosts)) {
  t.test(`@fastify/jwt ${how}: the host's tokens and ours are good where they belong and nowhere else`, async t => {
    const { app } = await testApplication(t, settings)
    const { accessToken, user } = await signUpForTokens(app)
    const hostToken = sign(app)
    const ours = await app.inject({ url: '/ours', headers: bearer(accessToken) })
    t.equal(ours.body, ada.email)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).json().user.id, user.id)
    t.hasStrict((await app.inject({ url: '/host', headers: bearer(hostToken) })).json(), { shop: 7 })
    t.equal((await app.inject({ url: '/host', headers: bearer(accessToken) })).statusCode, 401)
    const foreign = await app.inject({ url: '/ours', headers: bearer(hostToken) })
    t.equal(foreign.json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  })
}

t.test("a host's token under our very secret is still no access token of ours", async t => {
  const { app } = await testApplication(t, {
    before: async app => {
      await app.register(fastifyJwt, { secret })
    },
  })
  const { session, user } = await signUpForTokens(app)
  const claims = { iss: 'fast-auth', aud: 'fast-auth', sub: user.id, sid: session.id, email: ada.email }
  const forged = app.jwt.sign(claims as never)
  const answer = await app.inject({ url: '/auth/me', headers: bearer(forged) })
  t.equal(answer.json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
})

t.test("a host that had a request.user before gets ours there, and no other's", async t => {
  const { app } = await testApplication(t, {
    before: app => {
      app.decorateRequest('user', null)
    },
    after: app => {
      app.get('/ours', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user?.email)
      app.get('/open', async ({ user }) => ({ user }))
    },
  })
  const { accessToken } = await signUpForTokens(app)
  t.equal((await app.inject({ url: '/ours', headers: bearer(accessToken) })).body, ada.email)
  t.strictSame((await app.inject({ url: '/open' })).json(), { user: null })
})

t.test('loadUser asks to sign in if the host’s request.user is undefined until it is set', async t => {
  const { app } = await testApplication(t, {
    before: app => {
      app.decorateRequest('user', undefined as never)
    },
    after: app => {
      app.get('/record', request => request.loadUser())
    },
  })
  t.equal((await app.inject({ url: '/record' })).json().code, 'FAST_AUTH_UNAUTHENTICATED')
})
