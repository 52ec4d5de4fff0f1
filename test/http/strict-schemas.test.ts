import { type TSchema, Type } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import t, { type Test } from 'tap'
import { useStrictSchemas } from '../../lib/http/strict-schemas.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

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
    const { app, calls } = await testApplication(t, { server, before })
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
  const { app } = await testApplication(t, {
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
  const { app, calls } = await testApplication(t, {
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

/** An app of these rules alone, with a route that answers with what it was asked. */
async function bareApp(t: Test, schema: { body?: TSchema; querystring?: TSchema; response?: Record<string, TSchema> }) {
  const app = Fastify()
  t.teardown(() => app.close())
  useStrictSchemas(app, { documented: [], answered: [] })
  app.post('/', { schema }, async ({ body, query }, reply) => {
    const asked = Object(schema.querystring === undefined ? body : query)
    return reply.code(asked.status ?? 200).send(asked)
  })
  const post = async (payload: object, search = '') =>
    (await app.inject({ method: 'POST', url: `/?${search}`, payload })).json()
  return { post, query: (search: string) => post({}, search) }
}

const strict = { additionalProperties: false } as const

t.test('a field that is not known is named if its name is a plain word, and not repeated otherwise', async t => {
  const { post } = await bareApp(t, { body: Type.Object({}, strict) })
  for (const field of ['role', 'r', 'r'.repeat(64), 'is_admin2']) {
    const { message } = await post({ [field]: 1 })
    t.equal(message, `body must not have "${field}": it is not known here`)
  }
  for (const field of ['', 'two words', 'r'.repeat(65), '<b>', 'x-', '-x', 'é']) {
    t.equal((await post({ [field]: 1 })).message, 'body must not have one of its fields: it is not known here', field)
  }
})

t.test('other messages of a schema name the allowed values, unchanged', async t => {
  const body = Type.Object({ a: Type.Optional(Type.String()), b: Type.Optional(Type.String()) }, { minProperties: 2 })
  const { post } = await bareApp(t, { body })
  t.equal((await post({ a: 'x' })).message, 'body must have at least 2 of its fields')
  t.equal((await post({ a: 1, b: 'x' })).message, 'body/a must be string')
  t.hasStrict(await post({ a: 'x\0', b: 'x' }), { message: 'body/a must be well-formed Unicode without U+0000' })
})

t.test('nothing is coerced, stripped, filled in or inherited', async t => {
  const body = Type.Object({ a: Type.Optional(Type.Number({ default: 5 })), toString: Type.Optional(Type.String()) })
  const { post } = await bareApp(t, { body })
  t.strictSame(await post({}), {})
  t.strictSame(await post({ other: 1 }), { other: 1 })
  t.equal((await post({ a: '5' })).message, 'body/a must be number')
  const needed = await bareApp(t, { body: Type.Object({ toString: Type.String() }) })
  t.equal((await needed.post({})).message, "body must have required property 'toString'")
})

t.test('a whole number in a query is digits, and text stays text', async t => {
  const querystring = Type.Object({ n: Type.Optional(Type.Integer()), text: Type.Optional(Type.String()) })
  const { query } = await bareApp(t, { querystring })
  t.strictSame(await query('n=20&text=20&other=20'), { n: 20, text: '20', other: '20' })
  for (const number of [0, 7, 10, 999_999_999_999_999]) t.strictSame(await query(`n=${number}`), { n: number })
  for (const none of ['', '%202', '2%20', '2e1', '01', '-1', '+1', '1.5', '0x1', '1000000000000000', '1&n=2', 'x1']) {
    t.equal((await query(`n=${none}`)).message, 'querystring/n must be integer', none)
  }
})

t.test('an id is a UUID from its first to its last character', async t => {
  const { query } = await bareApp(t, { querystring: Type.Object({ id: Type.String({ format: 'uuid' }) }) })
  const id = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
  for (const good of [id, id.toUpperCase()]) t.strictSame(await query(`id=${good}`), { id: good })
  for (const bad of [
    '',
    `x${id}`,
    `${id}0`,
    id.slice(1),
    id.slice(0, -1),
    id.replaceAll('-', ''),
    id.replace('f', 'g'),
  ]) {
    t.equal((await query(`id=${bad}`)).message, 'querystring/id must match format "uuid"', bad)
  }
})

t.test('an answer has what its schema names; what a host sends as an error goes out as it is', async t => {
  const ok = Type.Object({ a: Type.String() })
  const { post } = await bareApp(t, { response: { 200: ok, 399: ok, 400: ok, 500: ok } })
  for (const status of [200, 399]) t.strictSame(await post({ status, a: 'x', secret: 1 }), { a: 'x' })
  for (const status of [400, 500]) t.strictSame(await post({ status, a: 'x', extra: 1 }), { status, a: 'x', extra: 1 })
})

t.test('answers hold nothing but what their schema names', async t => {
  const { app } = await testApplication(t)
  const { accessToken } = await signUpForTokens(app)
  const answers = [
    await app.inject({ url: '/auth/me', headers: bearer(accessToken) }),
    await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) }),
    await app.inject({ method: 'POST', url: '/auth/sign-in', payload: ada }),
  ]
  for (const { body } of answers) t.notMatch(body, /hash|bcrypt|generation|absolute|rotated/i)
})

/** A list in a list in a list, which fills a body. */
const abyss = '['.repeat(8000) + ']'.repeat(8000)

t.test('a body with endless nesting is refused, with any profile schema', async t => {
  const profileSchema = Type.Object({ a: Type.Optional(Type.Unknown()) })
  const { app, calls } = await testApplication(t, { options: { profileSchema } })
  const { accessToken } = await signUpForTokens(app)
  const headers = { ...bearer(accessToken), 'content-type': 'application/json' }
  calls.length = 0
  const newUser = '"email":"ben@example.com","password":"correct horse battery",'
  for (const levels of [32, 1000]) {
    const profile = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const answer = await app.inject({ method: 'PATCH', url: '/auth/me', headers, payload: `{"profile":${profile}}` })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, /must not be nested more than (8|32) deep$/)
  }
  for (const [method, url, rest] of [
    ['PATCH', '/auth/me', ''],
    ['POST', '/auth/sign-up', newUser],
  ] as const) {
    const answer = await app.inject({ method, url, headers, payload: `{${rest}"profile":{"a":${abyss}}}` })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().message, 'body must not be nested more than 32 deep')
  }
  t.strictSame(calls, [])
})
