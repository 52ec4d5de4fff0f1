import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator, registerPasskey, setUpTotp, signUpUser } from '../../lib/testing/index.js'
import { ada as account, bearer, signInForTokens } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { origin, passkeyOptions, passkeyWorld } from './fixtures/passkey-world.js'

const newPassword = 'a horse of another colour'

t.test('a stolen session adds no passkey without a proof of the last five minutes, and deletes none', async t => {
  const { ada, advance, state, creationOptions } = await passkeyWorld(t)
  const options = await creationOptions()
  advance(301)
  const before = await state()
  refused(t, await ada.send('POST', '/passkeys/options'), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  refused(t, await ada.send('DELETE', `/passkeys/${ada.passkey.id}`), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const credential = createSoftwareAuthenticator().create(options, { origin })
  refused(t, await ada.send('POST', '/passkeys', { credential }), 400, 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID')
  const guess = await ada.send('POST', '/reauthenticate', { password: 'incorrect horse' })
  refused(t, guess, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.strictSame(await state(), before)
})

t.test('a refresh does not make a stolen session recent', async t => {
  const { ada, advance, post, app } = await passkeyWorld(t)
  advance(301)
  const { accessToken } = (await post('/refresh', { refreshToken: ada.refreshToken })).json()
  const answer = await app.inject({ method: 'POST', url: '/auth/passkeys/options', headers: bearer(accessToken) })
  refused(t, answer, 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
})

t.test('the owner learns of each passkey that is added or deleted', async t => {
  const { ada, mailbox, everythingTo, events } = await passkeyWorld(t)
  const before = mailbox.messages.length
  const added = await registerPasskey(ada, { authenticator: createSoftwareAuthenticator(), origin })
  t.equal((await ada.send('DELETE', `/passkeys/${added.id}`)).statusCode, 204)
  const changes = events.filter(({ name }) => name === 'authn_passkey_change')
  t.match(changes, [{ reason: 'passkey_added' }, { reason: 'passkey_removed' }])
  const subjects = await everythingTo(account.email)
  t.equal(subjects.filter(subject => /passkey/i.test(subject)).length, 3, `of ${before} and two more`)
})

t.test('a session with the password alone adds and deletes no passkey of a user with a second factor', async t => {
  const { ada, state, post } = await passkeyWorld(t)
  // The access token of before stays: it says that no second factor was given.
  await setUpTotp(ada, { at: noon })
  const before = await state()
  const headers = bearer(ada.accessToken)
  refused(t, await ada.send('POST', '/passkeys/options'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  refused(t, await ada.send('DELETE', `/passkeys/${ada.passkey.id}`), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  const again = await post('/reauthenticate', { password: ada.password }, headers)
  refused(t, again, 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  t.strictSame(await state(), before)
})

t.test('a challenge from before the second factor adds no passkey after it', async t => {
  const { ada, creationOptions, state } = await passkeyWorld(t)
  const credential = createSoftwareAuthenticator().create(await creationOptions(), { origin })
  await setUpTotp(ada, { at: noon })
  const before = await state()
  const answer = await ada.send('POST', '/passkeys', { credential })
  refused(t, answer, 400, 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID')
  refused(t, await ada.send('POST', '/passkeys/options'), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  t.strictSame(await state(), before)
})

t.test(
  'a session that a passkey opened removes the app, and one with the password alone does not (CVE-2026-3429)',
  async t => {
    const { ada, signIn, use, app } = await passkeyWorld(t)
    await setUpTotp(ada, { at: noon })
    const remove = (token: string) =>
      app.inject({ method: 'DELETE', url: '/auth/second-factor/totp', headers: bearer(token) })
    refused(t, await remove(ada.accessToken), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
    const { accessToken } = (await signIn(await use())).json()
    t.equal((await remove(accessToken)).statusCode, 204)
  },
)

t.test('an API key reads, adds, renames and deletes no passkey', async t => {
  const { ada, app, state } = await passkeyWorld(t)
  const { key } = (await ada.send('POST', '/api-keys', { name: 'deploy' })).json()
  const before = await state()
  for (const [method, path, payload] of [
    ['GET', '', undefined],
    ['POST', '/options', undefined],
    ['POST', '', { credential: {} }],
    ['PATCH', `/${ada.passkey.id}`, { name: 'mine' }],
    ['DELETE', `/${ada.passkey.id}`, undefined],
  ] as const) {
    const answer = await app.inject({
      method,
      url: `/auth/passkeys${path}`,
      headers: bearer(key),
      ...(payload && { payload }),
    })
    refused(t, answer, 403, 'FAST_AUTH_SESSION_REQUIRED')
  }
  t.strictSame(await state(), before)
})

/** An account that an attacker made with the address of Ada, and a passkey of the attacker: the server sends no messages yet. */
async function hijacked(t: Test) {
  const storage = memoryStorage()
  const authenticator = createSoftwareAuthenticator()
  const { app: former } = await testApplication(t, { options: { ...passkeyOptions, storage } })
  const attacker = await signUpUser(former, { ...account, password: 'password of an attacker' })
  await registerPasskey(attacker, { authenticator, origin })
  return { storage, authenticator, attacker }
}

t.test('a passkey of an account whose address was never proven does not survive a password reset', async t => {
  const { storage, authenticator, attacker } = await hijacked(t)
  const { post, tokenTo } = await testApplication(t, { mail: true, options: { ...passkeyOptions, storage } })
  const use = async () => {
    const options = (await post('/sign-in/passkey/options', undefined)).json()
    return post('/sign-in/passkey', { credential: authenticator.get(options, { origin }), transport: 'token' })
  }
  t.equal((await use()).statusCode, 200)
  await post('/password/forgot', { email: account.email })
  const token = await tokenTo(account.email, 'resetPassword')
  const body = { token, password: newPassword }
  t.equal((await post('/password/reset', body)).statusCode, 204)
  refused(t, await use(), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.strictSame(await storage.passkeys.list({ userId: attacker.user.id }), [])
  t.equal((await storage.sessions.list({ userId: attacker.user.id, now: 0, limit: 9, offset: 0 })).total, 0)
})

t.test('an attacker who signed up with an address adds no passkey before or after its proof', async t => {
  const password = 'password of an attacker'
  const world = await testApplication(t, { mail: true, options: passkeyOptions })
  const { app, post, tokenTo } = world
  const attacker = await signUpUser(app, { ...account, password })
  const ask = () => attacker.inject({ method: 'POST', url: '/auth/passkeys/options' })
  refused(t, await ask(), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  await post('/password/forgot', { email: account.email })
  const token = await tokenTo(account.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: newPassword })).statusCode, 204)
  refused(t, await ask(), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a passkey of an unproven address gets the answer of the password, and only after its signature', async t => {
  const { storage, authenticator } = await hijacked(t)
  const options = { ...passkeyOptions, storage }
  const { post } = await testApplication(t, { mail: true, options: { ...options, requireEmailConfirmation: true } })
  const credential = authenticator.get((await post('/sign-in/passkey/options', undefined)).json(), { origin })
  const signature = `${credential.response.signature.slice(0, -4)}AAAA`
  const wrong = { ...credential, response: { ...credential.response, signature } }
  refused(t, await post('/sign-in/passkey', { credential: wrong }), 401, 'FAST_AUTH_PASSKEY_INVALID')
  refused(t, await post('/sign-in/passkey', { credential }), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

t.test('a password reset of a proven address leaves the passkeys, and a change of the password too', async t => {
  const { ada, post, tokenTo, signIn, use, app } = await passkeyWorld(t)
  await post('/password/forgot', { email: account.email })
  const token = await tokenTo(account.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: newPassword })).statusCode, 204)
  t.equal((await signIn(await use())).statusCode, 200)
  const { accessToken } = await signInForTokens(app, { ...account, password: newPassword })
  const change = { currentPassword: newPassword, newPassword: account.password }
  t.equal((await post('/password/change', change, bearer(accessToken))).statusCode, 200)
  t.equal((await signIn(await use())).json().user.id, ada.id)
})
