import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { createSoftwareAuthenticator, registerPasskey } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { openapiDocument } from '../support/openapi-document.js'
import { claimsOf, origin, passkeyApplication, passkeys } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const ofPasskeys = [
  ['POST', '/auth/sign-in/passkey/options'],
  ['POST', '/auth/sign-in/passkey'],
  ['POST', '/auth/passkeys/options'],
  ['POST', '/auth/passkeys'],
  ['GET', '/auth/passkeys'],
  ['PATCH', '/auth/passkeys/:id'],
  ['DELETE', '/auth/passkeys/:id'],
] as const
const ofSecondFactor = [
  ['GET', '/auth/second-factor'],
  ['POST', '/auth/second-factor/totp'],
  ['POST', '/auth/second-factor/totp/confirm'],
  ['DELETE', '/auth/second-factor/totp'],
  ['POST', '/auth/second-factor/recovery-codes'],
  ['POST', '/auth/sign-in/second-factor'],
] as const
const ofProofs = [['POST', '/auth/reauthenticate']] as const

const neither: Partial<FastAuthOptions> = {}
const onlyPasskeys: Partial<FastAuthOptions> = { passkeys }
const onlySecondFactor: Partial<FastAuthOptions> = { secondFactor: 'offered' }
const both: Partial<FastAuthOptions> = { ...onlyPasskeys, ...onlySecondFactor }

for (const [title, options, present] of [
  ['neither option', neither, []],
  ['passkeys only', onlyPasskeys, [...ofPasskeys, ...ofProofs]],
  ['a second factor only', onlySecondFactor, [...ofSecondFactor, ...ofProofs]],
  ['both options', both, [...ofPasskeys, ...ofSecondFactor, ...ofProofs]],
] as const) {
  t.test(`with ${title}, exactly the routes of these options exist`, async t => {
    const { app } = await testApplication(t, { options })
    const found = [...ofPasskeys, ...ofSecondFactor, ...ofProofs].filter(([method, url]) =>
      app.hasRoute({ method, url }),
    )
    t.strictSame(found.toSorted(), present.toSorted())
    t.equal(app.hasRoute({ method: 'GET', url: '/.well-known/webauthn' }), false)
  })

  t.test(`with ${title}, tokens have claims of proofs if a user can prove again who they are`, async t => {
    const { app } = await testApplication(t, { options })
    const { accessToken } = await signUpForTokens(app)
    t.equal('amr' in claimsOf(accessToken), present.length > 0)
  })

  t.test(`with ${title}, a recent session replaces the password if it can become recent`, async t => {
    const { inject } = await testApplication(t, { mail: true, signedIn: true, options })
    const payload = { newPassword: 'a horse of another colour' }
    const answer = await inject({ method: 'POST', url: '/auth/password/change', payload })
    t.equal(answer.statusCode, present.length > 0 ? 200 : 400)
  })

  t.test(`with ${title}, requireSecondFactor works if a session can have one`, async t => {
    const { app } = await testApplication(t, { options })
    if (present.length > 0) t.type(app.fastAuth.requireSecondFactor(), 'function')
    else
      t.throws(() => app.fastAuth.requireSecondFactor(), {
        message: /needs the option "secondFactor" or "passkeys"$/,
      })
  })
}

type Settings = { passkeys?: typeof passkeys | undefined; secondFactor: 'off' | 'offered' }

/** The document of such an application, with the properties of its named schemas. */
async function documented(t: Test, options: Settings) {
  const off = { emailSignIn: undefined, providers: undefined }
  const { document } = await openapiDocument(t, { options: { ...off, ...options } })
  const { schemas } = document.components
  const propertiesOf = (name: string) => Object.keys(Reflect.get(schemas[name] ?? {}, 'properties') ?? {})
  return { document, text: JSON.stringify(document), schemas, propertiesOf }
}

t.test('with neither option, the document mentions nothing of both', async t => {
  const { text } = await documented(t, { passkeys: undefined, secondFactor: 'off' })
  t.notMatch(text, /passkey|webauthn|second.?factor|totp|recovery code|reauthenticate|signInCookie|RECENT_SIGN_IN/i)
})

t.test('with passkeys only, the document has reauthenticate with a passkey, and no second factor', async t => {
  const { text, schemas, propertiesOf } = await documented(t, { passkeys, secondFactor: 'off' })
  t.notMatch(text, /totp|recoveryCode|recovery code|signInToken|signInCookie/i)
  t.notOk('AuthSecondFactorRequired' in schemas)
  t.notOk('AuthCompleteSignIn' in schemas)
  t.strictSame(propertiesOf('AuthReauthenticate'), ['password', 'credential', 'transport'])
  t.notOk(Reflect.get(schemas.AuthDeleteMe ?? {}, 'required')?.includes('password'))
})

t.test('with a second factor only, the document mentions no passkey', async t => {
  const { text, propertiesOf } = await documented(t, { passkeys: undefined, secondFactor: 'offered' })
  t.notMatch(text, /passkey|webauthn|"credential"/i)
  t.strictSame(propertiesOf('AuthReauthenticate'), ['password', 'code', 'recoveryCode', 'transport'])
  t.strictSame(propertiesOf('AuthCompleteSignIn'), ['code', 'recoveryCode', 'signInToken'])
  t.strictSame(propertiesOf('AuthSecondFactor'), ['totp', 'recoveryCodesLeft', 'required'])
})

t.test('with both options, the document has all proofs', async t => {
  const { schemas, propertiesOf } = await documented(t, { passkeys, secondFactor: 'offered' })
  t.strictSame(propertiesOf('AuthReauthenticate'), ['password', 'code', 'recoveryCode', 'credential', 'transport'])
  t.strictSame(propertiesOf('AuthCompleteSignIn'), ['code', 'recoveryCode', 'credential', 'signInToken'])
  t.strictSame(propertiesOf('AuthSecondFactor'), ['totp', 'passkeys', 'recoveryCodesLeft', 'required'])
  t.match(schemas.AuthSecondFactorRequired, {
    properties: { methods: { items: { enum: ['totp', 'recoveryCode', 'passkey'] } } },
  })
})

t.test('with passkeys only, a credential proves, and a code is no field', async t => {
  const { post, accessToken, use } = await passkeyApplication(t)
  refused(t, await post('/reauthenticate', { code: '123456' }, bearer(accessToken)), 400, 'FST_ERR_VALIDATION')
  t.equal((await post('/reauthenticate', { credential: await use() }, bearer(accessToken))).statusCode, 200)
})

t.test('with a second factor only, a credential is no field, and the state counts no passkeys', async t => {
  const storage = memoryStorage()
  const { use, user } = await passkeyApplication(t, { options: { storage } })
  const { post, app } = await testApplication(t, { options: { storage, ...onlySecondFactor } })
  const answer = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(answer.statusCode, 200, 'passkeys from before make no second factor due')
  const headers = bearer(answer.json().accessToken)
  const body = { credential: await use() }
  refused(t, await post('/reauthenticate', body, headers), 400, 'FST_ERR_VALIDATION')
  const state = await app.inject({ url: '/auth/second-factor', headers })
  t.strictSame(state.json(), { totp: null, recoveryCodesLeft: 0, required: false })
  t.equal((await storage.passkeys.list({ userId: user.id })).length, 1)
})

t.test('with passkeys off again, a user with a password signs in, and the passkeys stay', async t => {
  const storage = memoryStorage()
  const { user } = await passkeyApplication(t, { options: { storage } })
  const { post, app } = await testApplication(t, { options: { storage } })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  t.equal((await app.inject('/auth/passkeys')).statusCode, 404)
  t.equal((await storage.passkeys.list({ userId: user.id })).length, 1)
})

t.test('passkeys work in the other token modes', async t => {
  for (const tokenMode of ['access-only', 'sliding'] as const) {
    const { signIn, app } = await passkeyApplication(t, { options: { tokenMode } })
    const answer = await signIn()
    t.strictSame([answer.statusCode, 'refreshToken' in answer.json()], [200, false], tokenMode)
    const me = await app.inject({ url: '/auth/me', headers: bearer(answer.json().accessToken) })
    t.equal(me.statusCode, 200)
  }
})

t.test('requireSecondFactor accepts the session of a passkey, and no other', async t => {
  const { app, accessToken, passkeySession, advance } = await passkeyApplication(t, {
    after(app) {
      app.get('/any', { onRequest: app.fastAuth.requireSecondFactor() }, async () => 'in')
      app.get('/recent', { onRequest: app.fastAuth.requireSecondFactor({ maxAgeSeconds: 60 }) }, async () => 'in')
    },
  })
  const statuses = async (token: string) =>
    Promise.all(['/any', '/recent'].map(async url => (await app.inject({ url, headers: bearer(token) })).statusCode))
  t.strictSame(await statuses(accessToken), [403, 403])
  const session = await passkeySession()
  t.strictSame(await statuses(session.accessToken), [200, 200])
  advance(61)
  t.strictSame(await statuses(session.accessToken), [200, 403])
})

t.test('without the option, the storage may lack passkeys', async t => {
  const { passkeys: _, ...storage } = memoryStorage()
  const options = { storage: storage as ReturnType<typeof memoryStorage> }
  const { post } = await testApplication(t, { signedIn: true, options })
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  await t.rejects(testApplication(t, { options: { ...options, passkeys } }), { code: 'FAST_AUTH_STORAGE_INCOMPLETE' })
})

t.test('a session of an application without mail may add a passkey, and delete it', async t => {
  const application = await testApplication(t, { signedIn: true, options: { passkeys } })
  const { id } = await registerPasskey(application, { authenticator: createSoftwareAuthenticator(), origin })
  t.equal((await application.inject({ method: 'DELETE', url: `/auth/passkeys/${id}` })).statusCode, 204)
})
