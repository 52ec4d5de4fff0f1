import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import t from 'tap'
import { features } from '../../lib/composition/features.js'
import { openapiDefaults } from '../../lib/index.js'
import { documentName } from '../../schemas/document-name.js'
import { ErrorResponse } from '../../schemas/index.js'
import { type ApiDocument, openapiDocument, operationOf, references, target } from '../support/openapi-document.js'

const schemes = [
  'accessCookie',
  'accessToken',
  'apiKey',
  'introspectionSecret',
  'providerFlowCookie',
  'refreshCookie',
  'signInCookie',
]

function operationIds({ paths }: ApiDocument): string[] {
  const operations = Object.values(paths).flatMap(path => Object.values(path))
  return operations.flatMap(({ operationId }) => operationId ?? []).toSorted()
}

const hosts: Readonly<Record<string, FastifyDynamicSwaggerOptions>> = {
  'openapiDefaults as they are': openapiDefaults,
  'openapiDefaults and more': {
    ...openapiDefaults,
    openapi: { ...openapiDefaults.openapi, info: { title: 'Host', version: '1.0.0' } },
  },
  'OpenAPI options of its own': { openapi: { info: { title: 'Host', version: '1.0.0' } } },
  'a security scheme of its own': {
    openapi: { components: { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } } },
  },
  'OpenAPI 3.1 and nothing else': { openapi: { openapi: '3.1.0' } },
}

for (const [title, swagger] of Object.entries(hosts)) {
  t.test(`our operations and the host’s are in one document: a host with ${title}`, async t => {
    const { document } = await openapiDocument(t, {
      swagger,
      routes: app =>
        void app.get(
          '/reports',
          { onRequest: app.fastAuth.authenticate, schema: { operationId: 'listReports' } },
          async () => [],
        ),
    })
    t.equal(operationIds(document).length, routeCount + 1)
    t.ok(['signIn', 'refreshSession', 'listReports'].every(id => operationIds(document).includes(id)))
    const own = Object.keys(swagger.openapi?.components?.securitySchemes ?? {})
    t.same(Object.keys(document.components.securitySchemes).toSorted(), [...new Set([...schemes, ...own])].toSorted())
    const targets = references(document)
    t.ok(targets.length > 20)
    for (const reference of targets) t.type(target(document, reference), 'object', reference)
  })
}

const needEmail = ['email', 'email-codes', 'organizations']
const withoutEmail = features.filter(({ name }) => !needEmail.includes(name))

/** The names of the schemas of such an application. */
const ourNames = [...withoutEmail.flatMap(({ schemas }) => schemas), ErrorResponse].map(documentName)

/** The routes of an application without `email`, profile fields and user names. */
const routeCount = withoutEmail.flatMap(({ routes }) => routes).length - 2

t.test('a host that documents Swagger 2.0 has our operations too', async t => {
  for (const swagger of [{}, { swagger: { securityDefinitions: { basic: { type: 'basic' } } } }] as const) {
    const { document } = await openapiDocument(t, {
      swagger,
      routes: app => void app.get('/reports', { onRequest: app.fastAuth.authenticate }, async () => []),
    })
    t.equal(document.swagger, '2.0')
    t.equal(operationIds(document).length, routeCount)
    t.same(operationOf(document, 'GET', '/reports').security, [
      { accessCookie: [] },
      { accessToken: [] },
      { apiKey: [] },
    ])
    const own = 'swagger' in swagger ? ['basic'] : []
    t.same(Object.keys(document.securityDefinitions).toSorted(), [...schemes, ...own].toSorted())
    t.match(document.securityDefinitions, { accessToken: { type: 'apiKey', in: 'header', name: 'authorization' } })
    for (const reference of references(document)) t.type(target(document, reference), 'object', reference)
  }
})

t.test('a host that documents Swagger 2.0 with openapiDefaults’ names has ours too', async t => {
  const { refResolver, transformObject } = openapiDefaults
  const { document } = await openapiDocument(t, { swagger: { refResolver, transformObject } })
  t.same(Object.keys(document.definitions), ourNames)
})

t.test('the host’s own scheme of one of our names stays', async t => {
  const accessToken = { type: 'http', scheme: 'bearer', description: 'Of the host' } as const
  const components = { securitySchemes: Object.freeze({ accessToken }) }
  const { document } = await openapiDocument(t, { swagger: { openapi: { components } } })
  t.same(document.components.securitySchemes.accessToken, accessToken)
  t.same(Object.keys(components.securitySchemes), ['accessToken'], 'its options are left as they are')
})

t.test('the schemes name the cookies of the application, with any document options of the host', async t => {
  const cookies = { domain: 'example.com', namePrefix: 'shop_' }
  for (const swagger of [openapiDefaults, { openapi: {} }]) {
    const { document } = await openapiDocument(t, { swagger, options: { cookies } })
    t.match(document.components.securitySchemes, {
      accessCookie: {
        in: 'cookie',
        name: '__Secure-shop_access_token',
        description: 'HttpOnly cookie, set at sign-in.',
      },
      refreshCookie: { in: 'cookie', name: '__Secure-shop_refresh_token' },
    })
  }
  t.equal(openapiDefaults.openapi.components.securitySchemes.accessCookie.name, '__Host-access_token')
  const options = { cookies, tokenMode: 'sliding' } as const
  const { document } = await openapiDocument(t, { options })
  t.notOk('refreshCookie' in document.components.securitySchemes)
})

t.test('a scheme of the host’s that nothing asks for stays, and one of ours goes', async t => {
  const { components } = openapiDefaults.openapi
  const securitySchemes = { ...components.securitySchemes, basic: { type: 'http', scheme: 'basic' } } as const
  const openapi = { ...openapiDefaults.openapi, components: { securitySchemes } }
  const options = { tokenMode: 'sliding' } as const
  const { document } = await openapiDocument(t, { swagger: { ...openapiDefaults, openapi }, options })
  const expected = [...schemes.filter(name => name !== 'refreshCookie'), 'basic']
  t.same(Object.keys(document.components.securitySchemes).toSorted(), expected.toSorted())
  t.ok('refreshCookie' in securitySchemes, 'its options are left as they are')
})

t.test('a host’s transform, which may understand its own schemas only, does not see ours', async t => {
  const seen: string[] = []
  const { document } = await openapiDocument(t, {
    swagger: {
      openapi: {},
      transform: ({ schema, url }) => {
        seen.push(url)
        return { schema, url: `/changed${url}` }
      },
    },
    routes: app => void app.get('/reports', { onRequest: app.fastAuth.authenticate }, async () => []),
  })
  t.same(seen, ['/reports'])
  t.same(operationOf(document, 'GET', '/changed/reports').security, [
    { accessCookie: [] },
    { accessToken: [] },
    { apiKey: [] },
  ])
})

t.test('components have the names of their schemas, the host’s too', async t => {
  const { document } = await openapiDocument(t, {
    routes: app => {
      app.addSchema({ $id: 'Report', type: 'object', properties: { id: { type: 'string' } } })
      app.addSchema({ $id: 'https://host.example/chart.json', type: 'object', properties: {} })
      const response = { 200: { $ref: 'Report#' }, 201: { $ref: 'https://host.example/chart.json#' } }
      app.get('/reports', { schema: { response } }, async () => ({}))
    },
  })
  const names = Object.keys(document.components.schemas)
  t.same(names.filter(name => ourNames.includes(name)).toSorted(), ourNames.toSorted())
  t.ok(names.includes('Report'))
  for (const name of names) t.match(name, /^[a-zA-Z0-9._-]+$/, 'a name that OpenAPI allows')
  for (const reference of references(document)) t.type(target(document, reference), 'object', reference)
})

t.test('a body that may be left out is not required, and one that may not be is', async t => {
  const { document } = await openapiDocument(t)
  const required = (path: string) => operationOf(document, 'POST', path).requestBody?.required
  t.equal(required('/auth/refresh'), false)
  t.equal(required('/auth/sign-out'), false)
  t.equal(required('/auth/sign-in'), true)
  t.equal(required('/auth/sign-up'), true)
})

t.test('a body of the host’s is as required as Fastify makes it', async t => {
  const { app, document } = await openapiDocument(t, {
    routes: app => {
      app.addSchema({ $id: 'Filter', type: 'object', properties: { id: { type: 'string' } } })
      app.post('/named', { schema: { body: { $ref: 'Filter#' } } }, async () => ({}))
      app.post('/inline', { schema: { body: { type: 'object', properties: {} } } }, async () => ({}))
      app.post(
        '/content',
        { schema: { body: { content: { 'text/csv': { schema: { type: 'string' } } } } } },
        async () => ({}),
      )
    },
  })
  for (const url of ['/named', '/inline', '/content']) {
    t.equal(operationOf(document, 'POST', url).requestBody?.required, true, url)
  }
  t.equal((await app.inject({ method: 'POST', url: '/named' })).statusCode, 400)
})

t.test('paths that a host writes by hand are left as they are', async t => {
  const paths = {
    '/by-hand': {
      summary: 'By hand',
      parameters: [],
      post: { requestBody: { $ref: '#/components/requestBodies/Csv' }, responses: {} },
    },
  }
  const { document } = await openapiDocument(t, {
    swagger: { ...openapiDefaults, openapi: { ...openapiDefaults.openapi, paths: structuredClone(paths) } },
  })
  t.same(document.paths['/by-hand'], paths['/by-hand'])
})
