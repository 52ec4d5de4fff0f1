import { fastifySwagger } from '@fastify/swagger'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifySchema } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { z } from 'zod'
import { openapiDefaults } from '../../lib/index.js'
import { unauthenticatedCodes } from '../../schemas/error-responses.js'
import { type ApiDocument, codesOf, type openapiDocument, operationOf } from '../support/openapi-document.js'
import { testApplication } from '../support/test-application.js'

type Swagger = Parameters<typeof openapiDocument>[1]
type HostSwagger = NonNullable<NonNullable<Swagger>['swagger']>

/** A schema of a library that knows its own schemas only, as valibot and ArkType do. */
class OwnSchema {
  readonly type: string
  constructor(type: string) {
    this.type = type
  }
  static understood(schema: unknown): OwnSchema {
    if (schema instanceof OwnSchema) return schema
    throw new TypeError(`Not a schema of this library: ${JSON.stringify(schema)}`)
  }
}

interface Library {
  readonly title: string
  readonly compilers: (app: FastifyInstance) => void
  readonly swagger: HostSwagger
  readonly schema: FastifySchema
}

const info = { title: 'Host', version: '1.0.0' }

const libraries: readonly Library[] = [
  {
    title: 'zod',
    compilers: app => void app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler),
    swagger: { openapi: { info }, transform: jsonSchemaTransform, transformObject: jsonSchemaTransformObject },
    schema: {
      querystring: z.object({ page: z.coerce.number().default(1) }),
      response: { 200: z.object({ page: z.number() }) },
    },
  },
  {
    title: 'zod with openapiDefaults',
    compilers: app => void app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler),
    swagger: { ...openapiDefaults, transform: jsonSchemaTransform },
    schema: { querystring: z.object({ page: z.coerce.number() }), response: { 200: z.object({ page: z.number() }) } },
  },
  {
    title: 'TypeBox',
    compilers: app => void app.setValidatorCompiler(TypeBoxValidatorCompiler),
    swagger: openapiDefaults,
    schema: {
      querystring: Type.Object({ page: Type.Number() }),
      response: { 200: Type.Object({ page: Type.Number() }) },
    },
  },
  {
    title: 'a library of the host’s own',
    compilers: app => {
      app.setValidatorCompiler<OwnSchema>(({ schema }) => {
        OwnSchema.understood(schema)
        return value => ({ value: { page: Number(Object(value).page) } })
      })
      app.setSerializerCompiler<OwnSchema>(({ schema }) => {
        OwnSchema.understood(schema)
        return value => JSON.stringify(value)
      })
    },
    swagger: {
      openapi: { info },
      transform: ({ schema, url }) => {
        const { querystring, response, ...rest } = Object(schema)
        const written = (part: unknown) => ({ type: OwnSchema.understood(part).type })
        const answers = Object.entries(Object(response)).map(([status, answer]) => [status, written(answer)])
        return {
          url,
          schema: {
            ...rest,
            ...(querystring === undefined ? {} : { querystring: written(querystring) }),
            ...(response === undefined ? {} : { response: Object.fromEntries(answers) }),
          },
        }
      },
      transformObject: document => {
        if ('swaggerObject' in document) return document.swaggerObject
        document.openapiObject.paths = { ...document.openapiObject.paths }
        return document.openapiObject
      },
    },
    schema: { querystring: new OwnSchema('object'), response: { 200: new OwnSchema('object') } },
  },
]

function assertRefusals(t: Test, document: ApiDocument, method: string, path: string): void {
  const operation = operationOf(document, method, path)
  t.same(Object.keys(operation.responses), ['200', '401', '403', '429'], `${method} ${path}`)
  t.same(codesOf(operation, 401), unauthenticatedCodes)
  t.same(codesOf(operation, 403), ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_INSUFFICIENT_SCOPE'])
  t.same(codesOf(operation, 429), ['FAST_AUTH_TOO_MANY_REQUESTS'])
  t.same(operation.security, [{ accessCookie: [] }, { accessToken: [] }, { apiKey: [] }])
}

for (const { title, compilers, swagger, schema } of libraries) {
  t.test(`guarded routes of a host whose schemas are of ${title} are in the document, and work`, async t => {
    const { app } = await testApplication(t, {
      before: app => {
        compilers(app)
        app.register(fastifySwagger, swagger)
      },
      after: app => {
        const onRequest = app.fastAuth.requireScopes('reports')
        app.post('/reports', { onRequest, schema }, async request => request.query)
        app.post('/bare', { onRequest }, async () => ({}))
        app.post('/optional', { onRequest: app.fastAuth.authenticateOptional, schema }, async request => request.query)
      },
    })
    const document = app.swagger() as unknown as ApiDocument
    const written: ApiDocument = parse(app.swagger({ yaml: true }))
    for (const each of [document, structuredClone(document), written]) {
      assertRefusals(t, each, 'POST', '/reports')
      assertRefusals(t, each, 'POST', '/bare')
      t.same(codesOf(operationOf(each, 'POST', '/optional'), 401), unauthenticatedCodes)
    }
    const refused = await app.inject({ method: 'POST', url: '/reports?page=2' })
    t.equal(refused.statusCode, 401)
    t.equal(refused.json().code, 'FAST_AUTH_UNAUTHENTICATED')
    const open = await app.inject({ method: 'POST', url: '/optional?page=2' })
    t.equal(open.statusCode, 200)
    const payload = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }
    const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload })
    t.equal(signUp.statusCode, 201, 'our own routes keep their schemas')
    const headers = { authorization: `Bearer ${signUp.json().accessToken}` }
    t.equal((await app.inject({ method: 'POST', url: '/reports?page=2', headers })).statusCode, 200)
  })
}

t.test('a document of a scope that has guarded routes only has their refusals, by openapiDefaults', async t => {
  const { app } = await testApplication(t, {
    after: app =>
      void app.register(async scope => {
        await scope.register(fastifySwagger, openapiDefaults)
        scope.get('/document', async () => scope.swagger())
        scope.post('/reports', { onRequest: app.fastAuth.requireScopes('reports') }, async () => ({}))
      }),
  })
  assertRefusals(t, (await app.inject('/document')).json(), 'POST', '/reports')
})

t.test('a guarded route’s schema gets nothing that its schema library would have to understand', async t => {
  const response = Object.freeze({ 200: new OwnSchema('object') })
  let given: unknown
  const { app } = await testApplication(t, {
    before: app => void app.setSerializerCompiler(() => value => JSON.stringify(value)),
    after: app => {
      app.addHook('onRoute', route => {
        if (route.url === '/reports' && route.method === 'GET') given = route
      })
      app.get('/reports', { onRequest: app.fastAuth.authenticate, schema: { response } }, async () => ({}))
    },
  })
  t.equal(app.hasRoute({ method: 'GET', url: '/reports' }), true)
  const { schema } = Object(given)
  t.equal(schema.response, response)
  t.same(Object.keys(schema), ['response', 'security'])
})
