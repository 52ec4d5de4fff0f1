import { Type } from '@sinclair/typebox'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { github } from '../../lib/features/providers/providers.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { operationOf } from '../support/openapi-document.js'
import { claimsOf } from '../support/passkey-application.js'
import { ben, providerApplication } from '../support/provider-application.js'
import { testApplication } from '../support/test-application.js'
import { documented, named } from './fixtures/documented.js'

interface Parameter {
  readonly name: string
  readonly schema: { readonly enum?: readonly string[] }
}

const always = [
  ['POST', '/auth/sign-in/:provider'],
  ['GET', '/auth/providers/:provider/callback'],
  ['POST', '/auth/providers/redeem'],
  ['GET', '/auth/identities'],
  ['POST', '/auth/identities/:provider/link'],
  ['DELETE', '/auth/identities/:id'],
  ['POST', '/auth/reauthenticate'],
] as const
const forms = [['POST', '/auth/providers/:provider/callback']] as const
const tokens = [['POST', '/auth/sign-in/:provider/token']] as const
const signUps = [['POST', '/auth/sign-up/provider']] as const

const oauthOnly = [github({ clientId: 'my-app', clientSecret: 'a-secret' })]
const profileSchema = Type.Object({ name: Type.String() })

for (const [title, options, present] of [
  ['no providers', {}, []],
  ['a provider', { providers: [named('acme')] }, [...always, ...tokens]],
  ['a provider without ID tokens', { providers: oauthOnly }, always],
  [
    'a provider that returns with a form',
    { providers: [named('acme', 'form_post')] },
    [...always, ...tokens, ...forms],
  ],
  ['required profile fields', { providers: [named('acme')], profileSchema }, [...always, ...tokens, ...signUps]],
] as const) {
  t.test(`with ${title}, exactly the routes of these options exist`, async t => {
    const { app } = await testApplication(t, { mail: true, options: options as Partial<FastAuthOptions> })
    const found = [...always, ...forms, ...tokens, ...signUps].filter(([method, url]) => app.hasRoute({ method, url }))
    t.strictSame(found.toSorted(), present.toSorted())
  })
}

t.test('without the option, the document mentions nothing of it', async t => {
  const { text } = await documented(t, {})
  t.notMatch(text, /identit(?:y|ies)|other providers|PROVIDER|providerFlow|sign_up_required/i)
})

t.test('the document has the names of the configured providers, and of those that accept ID tokens', async t => {
  const { document } = await documented(t, { providers: [named('acme'), named('beta'), ...oauthOnly] })
  const namesOf = (method: string, path: string) => {
    const parameters = Reflect.get(operationOf(document, method, path), 'parameters') as Parameter[]
    return parameters.find(({ name }) => name === 'provider')?.schema.enum
  }
  const all = ['acme', 'beta', 'github']
  t.strictSame(namesOf('POST', '/auth/sign-in/{provider}'), all)
  t.strictSame(namesOf('GET', '/auth/providers/{provider}/callback'), all)
  t.strictSame(namesOf('POST', '/auth/identities/{provider}/link'), all)
  t.strictSame(namesOf('POST', '/auth/sign-in/{provider}/token'), ['acme', 'beta'])
})

t.test('the document says which cookie is the credential', async t => {
  const { document } = await documented(t, { providers: [named('acme')] })
  const securityOf = (method: string, path: string) => operationOf(document, method, path).security
  t.strictSame(securityOf('POST', '/auth/sign-in/{provider}'), [])
  t.strictSame(securityOf('GET', '/auth/providers/{provider}/callback'), [{ providerFlowCookie: [] }, {}])
  t.strictSame(securityOf('POST', '/auth/providers/redeem'), [{ providerFlowCookie: [] }])
  t.ok('providerFlowCookie' in document.components.securitySchemes)
})

t.test('tokens have claims of proofs if there is a provider', async t => {
  for (const [options, isThere] of [
    [{}, false],
    [{ providers: [named('acme')] }, true],
  ] as const) {
    const { app } = await testApplication(t, { mail: true, options })
    t.equal('amr' in claimsOf((await signUpForTokens(app)).accessToken), isThere)
  }
})

t.test('with providers off again, the session goes on, and a password that was set signs in', async t => {
  const storage = memoryStorage()
  const { browser, now } = await providerApplication(t, { options: { storage } })
  const own = browser()
  await own.signIn()
  await own.post('/password/change', { newPassword: ada.password })
  const clock = Object.assign(now, {})
  const { app, post } = await testApplication(t, { mail: true, options: { storage, clock } })
  t.equal((await post('/sign-in', { email: ben.email, password: ada.password })).statusCode, 200)
  const cookies = await own.cookies('/auth/me')
  const cookie = cookies.map(one => one.cookieString()).join('; ')
  t.equal((await app.inject({ url: '/auth/me', headers: { cookie } })).statusCode, 200)
  t.equal((await app.inject({ url: '/auth/identities', headers: { cookie } })).statusCode, 404)
})
