import swagger from '@fastify/swagger'
import { Type } from '@sinclair/typebox'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { openapiDefaults } from '../../lib/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const refusedAs = (profileSchema: unknown) =>
  bootRefusal({ secrets: [secret], storage: memoryStorage(), profileSchema })
const sentence = (what: string) => ({
  code: 'FAST_AUTH_OPTION_INVALID',
  message: `The option "profileSchema" of fast-auth ${what}`,
})
const aString = Type.Optional(Type.String())

t.test('it must be an object schema that takes no further fields', async t => {
  const open = Type.Object({}, { additionalProperties: true })
  const others = [null, 5, 'x', [], {}, Type.String(), { type: 'object' }, { type: 'object', properties: null }, open]
  const asked = 'must be an object schema without further fields, such as Type.Object({ nickname: Type.String() })'
  for (const value of [...others, Type.Object({}, { additionalProperties: Type.String() })]) {
    t.strictSame(refusedAs(value), sentence(asked))
  }
})

t.test("it must not have the names of the user's own fields", async t => {
  for (const name of [
    'id',
    'email',
    'emailConfirmedAt',
    'username',
    'password',
    'passwordHash',
    'profile',
    'createdAt',
    'lastSignInAt',
    'disabledAt',
  ]) {
    const asked = sentence(`must not have the field "${name}": it is one of the user's own`)
    t.strictSame(refusedAs(Type.Object({ [name]: aString })), asked)
  }
})

t.test('it must not have names that are dangerous to code that copies a profile, at any depth', async t => {
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    const inner = Type.Object({ [name]: aString })
    for (const schema of [inner, Type.Object({ a: inner }), Type.Object({ a: Type.Array(inner) })]) {
      t.strictSame(refusedAs(schema), sentence(`must not have the field "${name}", at any depth`))
    }
  }
})

t.test('it must not require a field that users cannot set at sign-up', async t => {
  const schema = Type.Object({ nickname: Type.String(), plan: Type.String({ readOnly: true }) })
  t.strictSame(refusedAs(schema), sentence('must not ask for "plan", which is readOnly: make it Type.Optional'))
})

t.test('it must use readOnly at the level and in the form that have an effect', async t => {
  const inner = Type.Object({ b: Type.Optional(Type.String({ readOnly: true })) })
  t.strictSame(refusedAs(Type.Object({ a: inner })), sentence('must not have readOnly fields within "a"'))
  const typed = Type.Object({ a: Type.Readonly(Type.String()) })
  t.strictSame(refusedAs(typed), sentence('must say { readOnly: true } of "a", not Type.Readonly'))
})

t.test('it must not have an intersection, to which a user could add fields', async t => {
  const both = Type.Intersect([Type.Object({ b: aString }), Type.Object({ c: aString })])
  t.strictSame(refusedAs(Type.Object({ a: both })), sentence('must not have an intersection: use Type.Composite'))
})

t.test('it must be a JSON Schema that can be compiled', async t => {
  for (const field of [{ type: 'strange' }, { type: 'string', format: 'strange' }, { $ref: 'nowhere' }]) {
    const { code, message } = refusedAs(Type.Object({ a: Type.Unsafe(field) })) ?? {}
    t.equal(code, 'FAST_AUTH_OPTION_INVALID')
    t.match(message, /^The option "profileSchema" of fast-auth is not a JSON Schema that fast-auth supports: Error: /)
  }
})

t.test('the fields are in the OpenAPI document of the application', async t => {
  const profileSchema = Type.Object(
    { nickname: Type.String(), plan: Type.Optional(Type.String({ readOnly: true })) },
    { $id: 'Profile', description: 'Ours' },
  )
  const { app } = await testApplication(t, {
    options: { profileSchema },
    before: async app => void (await app.register(swagger, openapiDefaults)),
  })
  const document = JSON.parse(JSON.stringify(app.swagger()))
  const { AuthUser, AuthSignUp, AuthUpdateMe } = document.components.schemas
  const nickname = { type: 'string' }
  const plan = { type: 'string', readOnly: true }
  const closed = { type: 'object', description: 'Ours', additionalProperties: false }
  t.hasStrict(AuthUser.properties.profile, { ...closed, properties: { nickname, plan }, required: ['nickname'] })
  t.strictSame(AuthSignUp.properties.profile, { ...closed, properties: { nickname }, required: ['nickname'] })
  t.strictSame(AuthUpdateMe.properties.profile, { ...closed, properties: { nickname } })
  t.strictSame(AuthSignUp.required, ['email', 'password', 'profile'])
  t.equal(document.paths['/auth/me'].patch.operationId, 'updateMe')
})
