import swagger from '@fastify/swagger'
import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type FastAuthOptions, openapiDefaults } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

/** The named schemas in the OpenAPI document of an application. */
async function documented(t: Test, options: Partial<FastAuthOptions>) {
  const { app } = await testApplication(t, {
    options,
    before: async app => void (await app.register(swagger, openapiDefaults)),
  })
  const { components, paths } = JSON.parse(JSON.stringify(app.swagger()))
  const fieldsOf = (name: string) => Object.keys(components.schemas[name]?.properties ?? {})
  const names = ['AuthUser', 'AuthSignUp', 'AuthSignIn', 'AuthUpdateMe']
  return {
    withUsername: names.filter(name => fieldsOf(name).includes('username')),
    schemas: components.schemas,
    update: paths['/auth/me'].patch?.operationId,
  }
}

t.test('without the option no schema of the application speaks of user names', async t => {
  const { withUsername, schemas, update } = await documented(t, {})
  t.same([withUsername, update], [[], undefined])
  t.same(schemas.AuthSignIn.required, ['email', 'password'])
})

t.test('with it they are where they may stand, and sign-ins ask for no address', async t => {
  const { withUsername, schemas, update } = await documented(t, { usernames: true })
  t.same(withUsername, ['AuthUser', 'AuthSignUp', 'AuthSignIn', 'AuthUpdateMe'])
  t.equal(update, 'updateMe')
  t.same(schemas.AuthSignIn.required, ['password'])
  t.same(schemas.AuthSignUp.required, ['email', 'password'])
  t.hasStrict(schemas.AuthUpdateMe, { minProperties: 1, additionalProperties: false })
  t.same(Object.keys(schemas.AuthUpdateMe.properties), ['username'])
  t.same(schemas.AuthUpdateMe.properties.username.type, ['string', 'null'])
})

t.test('if addresses must be confirmed, the body of a sign-up has no user name', async t => {
  const publicUrl = 'https://app.example.com'
  const email = { sender: memorySender(), from: 'accounts@example.com' }
  const options = { usernames: true, requireEmailConfirmation: true, publicUrl, email }
  t.same((await documented(t, options)).withUsername, ['AuthUser', 'AuthSignIn', 'AuthUpdateMe'])
})

t.test('beside a profile of the application’s own both are there, and at least one is asked for', async t => {
  const profileSchema = Type.Object({ nickname: Type.String() })
  const { withUsername, schemas } = await documented(t, { usernames: true, profileSchema })
  t.same(withUsername, ['AuthUser', 'AuthSignUp', 'AuthSignIn', 'AuthUpdateMe'])
  t.same(Object.keys(schemas.AuthUpdateMe.properties), ['username', 'profile'])
  t.same([schemas.AuthUpdateMe.required, schemas.AuthUpdateMe.minProperties], [undefined, 1])
  t.same(schemas.AuthSignUp.required, ['email', 'password', 'profile'])
})

t.test('reserved names without user names stop the boot', async t => {
  const least = { secrets: [secret], storage: memoryStorage(), reservedUsernames: ['pricing'] }
  const message = 'The option "reservedUsernames" of fast-auth needs "usernames": true'
  t.same(bootRefusal(least), { code: 'FAST_AUTH_OPTION_INVALID', message })
  t.equal(bootRefusal({ ...least, usernames: true }), null)
})
