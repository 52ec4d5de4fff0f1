import t from 'tap'
import { createSoftwareAuthenticator, registerPasskey, signInWithPasskey, signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { origin, passkeys } from '../support/passkey-application.js'
import { testApplication } from '../support/test-application.js'

t.test('a user adds a passkey and signs in with it, with tokens', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const settings = { authenticator: createSoftwareAuthenticator(), origin }
  const user = await signUpUser(app, ada)
  const passkey = await registerPasskey(user, { ...settings, name: 'Phone' })
  t.equal(passkey.name, 'Phone')
  const signedIn = await signInWithPasskey(app, settings)
  t.equal(signedIn.user.id, user.user.id)
  t.equal(signedIn.email, ada.email)
  t.ok(signedIn.accessToken)
  t.notOk('password' in signedIn)
  t.equal((await signedIn.inject('/auth/me')).statusCode, 200)
})

t.test('a passkey has the name of the application without another one', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const settings = { authenticator: createSoftwareAuthenticator(), origin }
  t.equal((await registerPasskey(await signUpUser(app), settings)).name, 'Passkey')
})

t.test('a user signs in with cookies, under another prefix', async t => {
  const prefix = '/accounts'
  const { app } = await testApplication(t, { options: { passkeys, prefix } })
  const settings = { authenticator: createSoftwareAuthenticator(), origin, prefix }
  await registerPasskey(await signUpUser(app, { ...ada, prefix }), settings)
  const { inject } = await signInWithPasskey(app, { ...settings, transport: 'cookie' })
  t.equal((await inject(`${prefix}/me`)).statusCode, 200)
})

t.test('a refusal has the operation, the status and the code', async t => {
  const { app, advance } = await testApplication(t, { options: { passkeys } })
  const settings = { authenticator: createSoftwareAuthenticator(), origin }
  const user = await signUpUser(app, ada)
  await t.rejects(registerPasskey(user, { ...settings, origin: 'https://evil.example' }), {
    message: 'registerPasskey answered 400: FAST_AUTH_PASSKEY_REGISTRATION_INVALID',
  })
  advance(301)
  await t.rejects(registerPasskey(user, settings), {
    message: 'startPasskeyRegistration answered 403: FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  })
  await t.rejects(signInWithPasskey(app, settings), {
    message: /^signInWithPasskey answered 401: FAST_AUTH_PASSKEY_INVALID/,
  })
})

t.test('an application without passkeys, and an authenticator without one, are reported', async t => {
  const { app } = await testApplication(t)
  const settings = { authenticator: createSoftwareAuthenticator(), origin }
  await t.rejects(signInWithPasskey(app, settings), { message: /^startPasskeySignIn answered 404/ })
  const withPasskeys = await testApplication(t, { options: { passkeys } })
  await t.rejects(signInWithPasskey(withPasskeys.app, settings), { name: 'NotAllowedError' })
})
