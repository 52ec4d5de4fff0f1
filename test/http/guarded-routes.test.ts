import type { FastifyInstance, RouteOptions } from 'fastify'
import t from 'tap'
import { unauthenticatedCodes } from '../../schemas/error-responses.js'
import { codesOf, openapiDocument, operationOf } from '../support/openapi-document.js'

const session = [{ accessCookie: [] }, { accessToken: [] }]
const anyCredential = [...session, { apiKey: [] }]
const handler = async () => ({})
const crossSite = 'FAST_AUTH_CROSS_SITE_REQUEST'

interface Guarded {
  readonly title: string
  hooks(app: FastifyInstance): Partial<RouteOptions>
  readonly security?: unknown
  /** Beside a cross-site request, which a GET cannot be. */
  readonly forbidden?: readonly string[]
}

const cases: readonly Guarded[] = [
  { title: 'authenticate', hooks: ({ fastAuth }) => ({ onRequest: fastAuth.authenticate }) },
  {
    title: 'authenticateOptional',
    hooks: ({ fastAuth }) => ({ onRequest: fastAuth.authenticateOptional }),
    security: [...anyCredential, {}],
  },
  {
    title: 'requireSession',
    hooks: ({ fastAuth }) => ({ onRequest: fastAuth.requireSession }),
    security: session,
    forbidden: ['FAST_AUTH_SESSION_REQUIRED'],
  },
  {
    title: 'requireScopes',
    hooks: ({ fastAuth }) => ({ onRequest: fastAuth.requireScopes('reports:read') }),
    forbidden: ['FAST_AUTH_INSUFFICIENT_SCOPE'],
  },
  {
    title: 'requireRecentSignIn',
    hooks: ({ fastAuth }) => ({ onRequest: fastAuth.requireRecentSignIn({ maxAgeSeconds: 60 }) }),
    security: session,
    forbidden: ['FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'],
  },
  { title: 'a guard in preHandler', hooks: ({ fastAuth }) => ({ preHandler: fastAuth.authenticate }) },
  { title: 'a guard in preValidation', hooks: ({ fastAuth }) => ({ preValidation: fastAuth.authenticate }) },
  {
    title: 'a guard in a list, behind another hook',
    hooks: ({ fastAuth }) => ({ onRequest: [async () => {}, fastAuth.requireSession] }),
    security: session,
    forbidden: ['FAST_AUTH_SESSION_REQUIRED'],
  },
  {
    title: 'guards in several hooks',
    hooks: ({ fastAuth }) => ({
      onRequest: fastAuth.authenticateOptional,
      preHandler: [fastAuth.requireScopes('a', 'b'), fastAuth.requireSession],
    }),
    security: session,
    forbidden: ['FAST_AUTH_INSUFFICIENT_SCOPE', 'FAST_AUTH_SESSION_REQUIRED'],
  },
]

for (const { title, hooks, security = anyCredential, forbidden = [] } of cases) {
  t.test(`a host’s route has its security and its refusals in the document: ${title}`, async t => {
    const { document } = await openapiDocument(t, {
      routes: app => {
        for (const method of ['GET', 'POST', 'DELETE']) app.route({ method, url: '/reports', handler, ...hooks(app) })
      },
    })
    for (const method of ['GET', 'POST', 'DELETE']) {
      const operation = operationOf(document, method, '/reports')
      t.same(operation.security, security, method)
      t.same(codesOf(operation, 401), unauthenticatedCodes, method)
      const codes = method === 'GET' ? forbidden : [crossSite, ...forbidden]
      t.same(codesOf(operation, 403), codes.length === 0 ? undefined : codes, method)
      t.same(Object.keys(operation.responses), ['200', '401', ...(codes.length === 0 ? [] : ['403']), '429'], method)
    }
  })
}

t.test(
  'a route of several methods documents the refusal of cross-site requests if one of them changes state',
  async t => {
    const { document } = await openapiDocument(t, {
      routes: app => {
        const onRequest = app.fastAuth.authenticate
        app.route({ method: ['GET', 'OPTIONS'], url: '/safe', handler, onRequest })
        app.route({ method: ['GET', 'PUT'], url: '/unsafe', handler, onRequest })
      },
    })
    t.equal(codesOf(operationOf(document, 'GET', '/safe'), 403), undefined)
    t.same(codesOf(operationOf(document, 'GET', '/unsafe'), 403), [crossSite])
  },
)

t.test('the schema of the route has precedence', async t => {
  const own = { description: 'Ours', type: 'object', properties: { reason: { type: 'string' } } }
  const { document } = await openapiDocument(t, {
    routes: app => {
      const onRequest = app.fastAuth.requireSession
      const schema = { tags: ['Host'], security: [{ accessToken: [] }], response: { 200: own, 401: own } }
      app.post('/own', { schema, onRequest }, handler)
      app.post('/own-class', { schema: { response: { '4xx': own } }, onRequest }, handler)
      app.post('/own-default', { schema: { response: { default: own } }, onRequest }, handler)
      app.post('/public', { schema: { security: [] }, onRequest }, handler)
    },
  })
  const operation = operationOf(document, 'POST', '/own')
  t.same(operation.tags, ['Host'])
  t.same(operation.security, [{ accessToken: [] }])
  t.equal(operation.responses[401]?.description, 'Ours')
  t.same(codesOf(operation, 403), [crossSite, 'FAST_AUTH_SESSION_REQUIRED'])
  t.same(Object.keys(operation.responses), ['200', '401', '403', '429'])
  t.same(Object.keys(operationOf(document, 'POST', '/own-class').responses), ['4XX'])
  t.same(Object.keys(operationOf(document, 'POST', '/own-default').responses), ['default'])
  t.same(operationOf(document, 'POST', '/public').security, [])
})

t.test('a route without a guard is as it was', async t => {
  const schema = { summary: 'Open', response: { 200: { type: 'object', description: 'Fine', properties: {} } } }
  const { document } = await openapiDocument(t, {
    routes: app => {
      app.post('/open', { schema, onRequest: async () => {}, preHandler: [async () => {}] }, handler)
      app.get('/bare', handler)
    },
  })
  const open = operationOf(document, 'POST', '/open')
  t.same(Object.keys(open), ['summary', 'responses'])
  t.same(Object.keys(open.responses), ['200'])
  t.same(Object.keys(operationOf(document, 'GET', '/bare')), ['responses'])
})

t.test('the host’s schema objects are left as they are, and may be shared between routes', async t => {
  const response = Object.freeze({ 200: Object.freeze({ type: 'object', description: 'Fine', properties: {} }) })
  const schema = { response }
  const { document } = await openapiDocument(t, {
    routes: app => {
      app.post('/guarded', { schema, onRequest: app.fastAuth.authenticate }, handler)
      app.post('/open', { schema }, handler)
    },
  })
  t.same(Object.keys(operationOf(document, 'POST', '/guarded').responses), ['200', '401', '403', '429'])
  t.same(Object.keys(operationOf(document, 'POST', '/open').responses), ['200'])
  t.same(Object.keys(schema), ['response'])
})

t.test('a guarded route in a scope with a prefix is documented with its full path', async t => {
  const { document } = await openapiDocument(t, {
    routes: app =>
      void app.register(
        async scope => void scope.get('/reports/:id', { onRequest: app.fastAuth.authenticate }, handler),
        { prefix: '/v1' },
      ),
  })
  t.same(operationOf(document, 'GET', '/v1/reports/{id}').security, anyCredential)
})

t.test('the answer of a host’s error handler on a guarded route is not stripped to the documented shape', async t => {
  const { app, document } = await openapiDocument(t, {
    routes: app => {
      app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send({ problem: error.code, nested: { hint: ['sign in'] } }),
      )
      app.get('/reports', { onRequest: app.fastAuth.authenticate, schema: { summary: 'Reports' } }, handler)
    },
  })
  t.same(codesOf(operationOf(document, 'GET', '/reports'), 401), unauthenticatedCodes)
  const answer = await app.inject('/reports')
  t.equal(answer.statusCode, 401)
  t.same(answer.json(), { problem: 'FAST_AUTH_UNAUTHENTICATED', nested: { hint: ['sign in'] } })
  t.equal(answer.headers['www-authenticate'], 'Bearer')
})
