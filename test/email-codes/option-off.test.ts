import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { codeApplication } from '../support/code-application.js'
import { operationOf } from '../support/openapi-document.js'
import { claimsOf, passkeys } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { documented } from './fixtures/documented.js'

const ofCodes = [
  ['POST', '/auth/sign-in/email'],
  ['POST', '/auth/sign-in/email/confirm'],
  ['GET', '/auth/sign-in/email'],
] as const
const ofSecondFactor = [['POST', '/auth/sign-in/second-factor']] as const
const ofPasskeys = [['POST', '/auth/sign-in/passkey']] as const
const ofProofs = [['POST', '/auth/reauthenticate']] as const

const codes: Partial<FastAuthOptions> = { emailSignIn: {} }
const signUp: Partial<FastAuthOptions> = { emailSignIn: { signUp: true } }
const factor: Partial<FastAuthOptions> = { secondFactor: 'offered' }

for (const [title, options, present] of [
  ['none of the options', {}, []],
  ['codes only', codes, [...ofCodes, ...ofProofs]],
  ['a second factor only', factor, [...ofSecondFactor, ...ofProofs]],
  ['codes and a second factor', { ...codes, ...factor }, [...ofCodes, ...ofSecondFactor, ...ofProofs]],
  ['codes and passkeys', { ...codes, passkeys }, [...ofCodes, ...ofPasskeys, ...ofProofs]],
] as const) {
  t.test(`with ${title}, exactly the routes of these options exist`, async t => {
    const { app } = await testApplication(t, { mail: true, options })
    const found = [...ofCodes, ...ofSecondFactor, ...ofPasskeys, ...ofProofs].filter(([method, url]) =>
      app.hasRoute({ method, url }),
    )
    t.strictSame(found.toSorted(), present.toSorted())
  })

  t.test(`with ${title}, tokens have claims of proofs if a user can prove again who they are`, async t => {
    const { app } = await testApplication(t, { mail: true, options })
    const { accessToken } = await signUpForTokens(app)
    t.equal('amr' in claimsOf(accessToken), present.length > 0)
  })
}

t.test('without the option, the document mentions nothing of it', async t => {
  const { text } = await documented(t, {})
  t.notMatch(text, /SignInCode|SignInWithCode|sign-in\/email|signInPage|mailed code|Sign-in by mail|SIGN_IN_CODE/i)
})

const always = ['200', '400', '401', '403', '408', '413', '415', '429', '500', '503']

for (const [title, options, successes] of [
  ['codes', codes, []],
  ['codes that sign up', signUp, ['201']],
  ['codes and a second factor', { ...codes, ...factor }, ['202']],
  ['codes and a required second factor', { ...codes, secondFactor: 'required' }, ['202']],
  ['codes that sign up, and a second factor', { ...signUp, ...factor }, ['201', '202']],
] as const) {
  t.test(`with ${title}, the document has the statuses that can occur, and no others`, async t => {
    const { document } = await documented(t, options)
    const { responses } = operationOf(document, 'POST', '/auth/sign-in/email/confirm')
    t.strictSame(Object.keys(responses).toSorted(), [...always, ...successes].toSorted())
    const request = operationOf(document, 'POST', '/auth/sign-in/email')
    t.strictSame(
      Object.keys(request.responses).filter(status => status < '300'),
      ['202'],
    )
  })
}

t.test('with codes only, the document has neither a second factor nor passkeys', async t => {
  const { text, schemas, propertiesOf } = await documented(t, codes)
  t.notMatch(text, /totp|recoveryCode|recovery code|passkey|webauthn/i)
  t.notOk('AuthSecondFactorRequired' in schemas)
  t.notOk('AuthCompleteSignIn' in schemas)
  t.strictSame(propertiesOf('AuthReauthenticate'), ['password', 'transport'])
  t.strictSame(propertiesOf('AuthRequestSignInCode'), ['email', 'transport'])
  t.strictSame(propertiesOf('AuthSignInWithCode'), ['code', 'token', 'signInToken'])
  t.strictSame(propertiesOf('AuthSignInCodeRequested'), ['status', 'expiresAt', 'signInToken'])
  t.notOk(Reflect.get(schemas.AuthDeleteMe ?? {}, 'required')?.includes('password'))
})

t.test('the document says that the cookie of the request, and no access token, is the credential', async t => {
  const { document } = await documented(t, codes)
  t.strictSame(operationOf(document, 'POST', '/auth/sign-in/email/confirm').security, [{ signInCookie: [] }, {}])
  t.strictSame(operationOf(document, 'POST', '/auth/sign-in/email').security, [])
  t.ok('signInCookie' in document.components.securitySchemes)
})

t.test('with codes only, a code of an app is no field of a reauthentication', async t => {
  const { codeSession } = await codeApplication(t)
  const { send } = await codeSession()
  refused(t, await send('POST', '/reauthenticate', { code: '123456' }), 400, 'FST_ERR_VALIDATION')
  t.equal((await send('POST', '/reauthenticate', { password: ada.password })).statusCode, 200)
})

t.test('requireSecondFactor does not work with mailed codes alone: they are no second factor', async t => {
  async function guard(t: Test, options: Partial<FastAuthOptions>) {
    const { app } = await testApplication(t, { mail: true, options })
    return () => app.fastAuth.requireSecondFactor()
  }
  t.throws(await guard(t, codes), { message: /needs the option "secondFactor" or "passkeys"$/ })
  t.type((await guard(t, { ...codes, ...factor }))(), 'function')
})

t.test('with codes off again, a user with a password signs in, and the stored codes expire unused', async t => {
  const storage = memoryStorage()
  const { request } = await codeApplication(t, { options: { storage } })
  const { code, body } = await request()
  const { post, app } = await testApplication(t, { mail: true, options: { storage } })
  t.equal((await post('/sign-in/email/confirm', { code, ...body })).statusCode, 404)
  t.equal((await post('/sign-in', ada)).statusCode, 200)
  t.equal((await app.inject('/auth/sign-in/email')).statusCode, 404)
})
