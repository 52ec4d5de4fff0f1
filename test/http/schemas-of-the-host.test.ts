import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { openapiDefaults } from '../../lib/index.js'
import { ada } from '../support/account.js'
import { type ApiDocument, operationOf, references, target } from '../support/openapi-document.js'
import { testApplication } from '../support/test-application.js'

/** The name of each schema is its `$id`, as the documentation of `@fastify/swagger` has it. */
const byId = {
  buildLocalReference: ({ $id }: { $id?: unknown }, _base: unknown, _fragment: string, index: number) =>
    typeof $id === 'string' ? $id : `def-${index}`,
}

const adds = {
  before: { before: true, after: false },
  after: { before: false, after: true },
} as const

for (const [order, when] of Object.entries(adds)) {
  t.test(
    `schemas of the host with names of ours, added ${order} fast-auth, are the host’s, and ours are ours`,
    async t => {
      const names = ['AuthUser', 'AuthResponse', 'AuthError']
      const addSchemas = (app: FastifyInstance) => {
        for (const $id of names) app.addSchema({ $id, type: 'object', properties: { staff: { type: 'string' } } })
      }
      for (const swagger of [openapiDefaults, { openapi: {} }, { openapi: {}, refResolver: byId }]) {
        const { app } = await testApplication(t, {
          async before(app) {
            await app.register(fastifySwagger, swagger)
            if (when.before) addSchemas(app)
          },
          after(app) {
            if (when.after) addSchemas(app)
            for (const $id of names) {
              const schema = { body: { $ref: `${$id}#` }, response: { 200: { $ref: `${$id}#` } } }
              app.post(`/${$id}`, { schema }, async ({ body }) => body)
            }
          },
        })
        for (const $id of names) {
          const answer = await app.inject({ method: 'POST', url: `/${$id}`, payload: { staff: 'Ada', id: 1 } })
          t.same(answer.json(), { staff: 'Ada' }, 'the host’s schema writes the host’s answer')
          t.equal((await app.inject({ method: 'POST', url: `/${$id}`, payload: { staff: {} } })).statusCode, 400)
        }
        const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
        t.equal(signUp.json().user.email, ada.email)
        t.equal((await app.inject({ url: '/auth/me' })).json().code, 'FAST_AUTH_UNAUTHENTICATED')

        const document = app.swagger() as unknown as ApiDocument
        for (const reference of references(document)) t.type(target(document, reference), 'object', reference)
        const schemaOf = (path: string, status: string) => {
          const schema = JSON.stringify(operationOf(document, 'POST', path).responses[status])
          return target(document, /"\$ref":"([^"]+)"/.exec(schema)?.[1] ?? '')
        }
        t.hasStrict(schemaOf('/auth/sign-up', '201'), { properties: { user: {}, session: {} } })
        t.hasStrict(schemaOf('/auth/sign-up', '409'), { properties: { statusCode: {}, code: {} } })
        for (const $id of names) t.hasStrict(schemaOf(`/${$id}`, '200'), { properties: { staff: {} } })
        const components = Object.keys(document.components.schemas)
        for (const name of components) t.match(name, /^[\w.-]+$/)
        if (swagger === openapiDefaults) for (const name of names) t.ok(components.includes(name))
      }
    },
  )
}
