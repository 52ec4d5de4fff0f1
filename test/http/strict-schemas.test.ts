import { Type } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import t from 'tap'
import { useStrictSchemas } from '../../lib/http/strict-schemas.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApp } from '../support/test-app.js'

type Host = { readonly server?: FastifyServerOptions; before?(app: FastifyInstance): void }

/** Hosts that validate and serialise loosely, each in its own way. */
const hosts: Record<string, Host> = {
  'coerces, strips and fills in': {
    server: { ajv: { customOptions: { coerceTypes: 'array', removeAdditional: 'all', useDefaults: true } } },
  },
  'compiles schemas with a validator that lets everything pass': {
    before: app => {
      app.setValidatorCompiler(() => value => ({ value }))
    },
  },
  'compiles schemas with an Ajv of its own': {
    before: app => {
      const ajv = new Ajv({ coerceTypes: true, removeAdditional: true, strict: false })
      app.setValidatorCompiler(({ schema }) => ajv.compile(schema as object))
    },
  },
  'serialises with a compiler of its own': {
    before: app => {
      app.setSerializerCompiler(() => () => '"serialised by the host"')
    },
  },
  'has a validator and a serialiser factory': {
    server: {
      schemaController: {
        compilersFactory: {
          buildValidator: () => (() => (value: unknown) => ({ value })) as never,
          buildSerializer: () => () => () => '"serialised by the host"',
        },
      },
    },
  },
}

for (const [how, { server = {}, before = () => {} }] of Object.entries(hosts)) {
  t.test(`a host that ${how} changes nothing for our routes`, async t => {
    const { app, calls } = await testApp(t, { server, before })
    const payload = { ...ada, transport: 'token' }
    const tokens = (await app.inject({ method: 'POST', url: '/auth/sign-up', payload })).json()
    t.strictSame(Object.keys(tokens).sort(), [
      'accessToken',
      'accessTokenExpiresAt',
      'expiresIn',
      'refreshToken',
      'session',
      'tokenType',
      'user',
    ])
    calls.length = 0
    const bodies = [
      { ...ada, role: 'admin' },
      { ...ada, email: ['ada@example.com'] },
      { ...ada, password: 12_345_678 },
      { ...ada, transport: null },
      {},
    ]
    for (const payload of bodies) {
      for (const url of ['/auth/sign-in', '/auth/sign-up']) {
        refused(t, await app.inject({ method: 'POST', url, payload }), 400, 'FST_ERR_VALIDATION')
      }
    }
    const asked = await app.inject({ url: '/auth/me?verbose=1', headers: bearer(tokens.accessToken) })
    refused(t, asked, 400, 'FST_ERR_VALIDATION')
    const notAnId = { method: 'DELETE', url: '/auth/sessions/1', headers: bearer(tokens.accessToken) } as const
    refused(t, await app.inject(notAnId), 400, 'FST_ERR_VALIDATION')
    t.strictSame(calls, [])
  })
}

t.test("the host's own routes keep the host's rules", async t => {
  const { app } = await testApp(t, {
    server: { ajv: { customOptions: { coerceTypes: true, removeAdditional: true, useDefaults: true } } },
    after: app => {
      const properties = { count: { type: 'number' }, size: { type: 'string', default: 'm' } }
      const body = { type: 'object', additionalProperties: false, properties }
      const response = { 200: { type: 'object', properties: { count: { type: 'number' }, size: { type: 'string' } } } }
      app.post('/host', { schema: { body, response } }, async request => ({ ...Object(request.body), secret: 1 }))
    },
  })
  const answer = await app.inject({ method: 'POST', url: '/host', payload: { count: '3', extra: 1 } })
  t.strictSame(answer.json(), { count: 3, size: 'm' })
})

t.test("a query parser of the host's makes no parameter acceptable", async t => {
  const { app, calls } = await testApp(t, {
    server: { routerOptions: { querystringParser: text => ({ nested: { deep: [text] } }) } },
  })
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-out?x' })
  refused(t, answer, 400, 'FST_ERR_VALIDATION')
  t.strictSame(calls, [])
})

t.test('text is looked at wherever it stands in a body, names of fields included', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  useStrictSchemas(app, { documented: [], answered: [] })
  const body = Type.Object({ free: Type.Unknown() })
  app.post('/', { schema: { body } }, async request => request.body)
  const post = async (free: unknown) => (await app.inject({ method: 'POST', url: '/', payload: { free } })).json()
  const fine = { count: 1, flag: false, nothing: null, list: ['a', ['b']], 'name ✓': '🦄' }
  t.strictSame(await post(fine), { free: fine })
  t.match(await post({ list: ['a', ['b\0']] }), { message: /^body\/free\/list\/1\/0 must be well-formed/ })
  t.match(await post({ deep: { 'na\0me': 1 } }), { message: /^body\/free\/deep must be well-formed/ })
  t.match(await post('\0'), { message: /^body\/free must be well-formed/ })
})

t.test('answers hold nothing but what their schema names', async t => {
  const { app } = await testApp(t)
  const { accessToken } = await signUpForTokens(app)
  const answers = [
    await app.inject({ url: '/auth/me', headers: bearer(accessToken) }),
    await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) }),
    await app.inject({ method: 'POST', url: '/auth/sign-in', payload: ada }),
  ]
  for (const { body } of answers) t.notMatch(body, /hash|bcrypt|generation|absolute|rotated/i)
})
