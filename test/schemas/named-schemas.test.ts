import type { TSchema } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import fastJson from 'fast-json-stringify'
import t from 'tap'
import { type AuthResponse, namedSchemas, RefreshTokenBody, SignInBody, SignUpBody, User } from '../../schemas/index.js'
import { reference } from '../../schemas/reference.js'
import { operations } from '../support/operations.js'

const user: AuthResponse['user'] = {
  id: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11',
  email: 'ada@example.com',
  emailConfirmedAt: null,
  profile: {},
  createdAt: '2026-05-01T09:30:00.000Z',
  lastSignInAt: null,
}

function compiler(): Ajv {
  const ajv = new Ajv({
    strict: true,
    allErrors: true,
    formats: { email: true, password: true, 'date-time': true, uuid: true },
  })
  for (const schema of namedSchemas) ajv.addSchema(schema)
  return ajv
}

/** Every schema within a schema, itself included. */
function within(schema: TSchema): TSchema[] {
  const inner = Object.values(schema).filter(value => typeof value === 'object' && value !== null)
  return [schema, ...inner.flatMap(value => within(value as TSchema))]
}

t.test('a named schema has a name that is its own, and that OpenAPI allows', async t => {
  const ids = namedSchemas.map(({ $id }) => $id)
  t.equal(new Set(ids).size, ids.length)
  for (const id of ids) t.match(id, /^fast-auth\.Auth[A-Za-z]+$/)
})

t.test('every schema is good JSON Schema, to Ajv at its strictest, and every reference finds its schema', async t => {
  const ajv = compiler()
  for (const { $id } of namedSchemas) t.doesNotThrow(() => ajv.getSchema(String($id)), String($id))
  for (const [name, { params, querystring, body, response }] of operations) {
    for (const schema of [params, querystring, body, ...Object.values(response)]) {
      if (schema !== undefined) t.doesNotThrow(() => ajv.compile(schema), name)
    }
  }
})

t.test('every example is what its schema asks for', async t => {
  const ajv = compiler()
  const schemas = [...namedSchemas, ...operations.flatMap(([, { params, querystring }]) => [params ?? {}, querystring])]
  const withExamples = schemas
    .flatMap(schema => within(schema as TSchema))
    .filter(({ examples }) => Array.isArray(examples))
  t.ok(withExamples.length > 5)
  for (const { $id, examples, ...schema } of withExamples) {
    for (const example of examples as unknown[]) t.ok(ajv.validate(schema, example), JSON.stringify(example))
  }
})

t.test('a reference is to the schema’s name', async t => {
  t.equal(JSON.stringify(reference(User)), '{"$ref":"fast-auth.AuthUser#"}')
  t.equal(JSON.stringify(reference(User, { description: 'A' })), '{"description":"A","$ref":"fast-auth.AuthUser#"}')
})

const credentials = { email: 'ada@example.com', password: 'correct horse battery' }
const strange = [null, 5, true, ['ada@example.com'], {}, '']

t.test('a body of credentials has an address and a password, and nothing that isn’t known', async t => {
  for (const schema of [SignUpBody, SignInBody]) {
    const isGood = compiler().compile(schema)
    t.ok(isGood(credentials))
    for (const transport of ['cookie', 'token']) t.ok(isGood({ ...credentials, transport }))
    for (const transport of ['Cookie', 'both', ...strange]) t.notOk(isGood({ ...credentials, transport }))
    for (const name of ['email', 'password']) {
      t.notOk(isGood({ ...credentials, [name]: undefined }), `without ${name}`)
      for (const value of strange.slice(0, -1)) t.notOk(isGood({ ...credentials, [name]: value }), `${name} ${value}`)
    }
    for (const name of ['role', 'id', 'emailConfirmedAt', 'passwordHash', 'profile', 'username']) {
      t.notOk(isGood({ ...credentials, [name]: 'admin' }), name)
    }
    for (const body of [null, [], 'x', 5, [credentials]]) t.notOk(isGood(body))
  }
})

t.test('addresses have at most 254 characters and passwords at most 128, whatever they are made of', async t => {
  const isGood = compiler().compile(SignInBody)
  for (const [password, is] of [
    ['', false],
    ['x', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['💥'.repeat(128), true],
  ] as const) {
    t.equal(isGood({ ...credentials, password }), is, `${password.length}`)
  }
  t.ok(isGood({ ...credentials, email: 'x'.repeat(254) }))
  t.notOk(isGood({ ...credentials, email: 'x'.repeat(255) }))
})

t.test('a body with a refresh token may be empty, and the token may not', async t => {
  const isGood = compiler().compile(RefreshTokenBody)
  for (const body of [{}, { refreshToken: 'x' }, { refreshToken: 'x'.repeat(512) }]) t.ok(isGood(body))
  for (const refreshToken of [...strange, 'x'.repeat(513)]) t.notOk(isGood({ refreshToken }))
  t.notOk(isGood({ refreshToken: 'x', accessToken: 'x' }))
})

t.test(
  'a user goes out with every field of the profile, whatever its name, and with no field that is not documented',
  async t => {
    const profile = {
      plan: 'pro',
      'with\na line break': { nested: [1, null, { x: 'y' }] },
      '': 0,
      $ref: 'x',
      'é ✓': false,
    }
    const secretive = { ...user, username: 'ada', profile, passwordHash: 'canary' }
    t.same(JSON.parse(fastJson(User)(secretive)), { ...user, profile })
  },
)
