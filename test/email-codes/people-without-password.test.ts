import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator, registerPasskey } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { codeApplication, stranger } from '../support/code-application.js'
import { origin, passkeys } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const newPassword = 'a horse of another colour'
const tooOld = 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'
const signUp = { emailSignIn: { signUp: true } } as const

/** The operations that take a password, without it. */
const operations = [
  ['POST', '/password/change', { newPassword }, 200],
  ['POST', '/email/change', { email: 'new@example.com' }, 202],
  ['DELETE', '/me', {}, 204],
] as const

for (const [method, path, payload, done] of operations) {
  t.test(`${method} ${path}: the session of a code replaces the password for five minutes`, async t => {
    const { codeSession, advance } = await codeApplication(t, { options: signUp })
    const { send } = await codeSession(stranger)
    advance(301)
    refused(t, await send(method, path, payload), 403, tooOld)
    advance(-1)
    t.equal((await send(method, path, payload)).statusCode, done)
  })

  t.test(`${method} ${path}: a user with a password may use the session of a code, too`, async t => {
    const { codeSession } = await codeApplication(t)
    const { send } = await codeSession()
    t.equal((await send(method, path, payload)).statusCode, done)
  })
}

t.test('a user without a password sets the first one, and signs in with it and with codes', async t => {
  const { codeSession, post } = await codeApplication(t, { options: signUp })
  const { send } = await codeSession(stranger)
  refused(t, await post('/sign-in', { ...ada, email: stranger }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await send('POST', '/password/change', { newPassword })).statusCode, 200)
  t.equal((await post('/sign-in', { email: stranger, password: newPassword })).statusCode, 200)
  t.ok((await codeSession(stranger)).accessToken)
})

t.test('a session that is too old is replaced by that of another code', async t => {
  const { codeSession, advance } = await codeApplication(t, { options: signUp })
  const first = await codeSession(stranger)
  advance(301)
  refused(t, await first.send('DELETE', '/me', {}), 403, tooOld)
  const second = await codeSession(stranger)
  t.equal((await second.send('DELETE', '/me', {})).statusCode, 204)
})

t.test('requireRecentSignIn accepts the session of a code', async t => {
  const { app, codeSession, advance } = await codeApplication(t, {
    after: app =>
      void app.get('/recent', { onRequest: app.fastAuth.requireRecentSignIn({ maxAgeSeconds: 60 }) }, async () => 'in'),
  })
  const { accessToken } = await codeSession()
  const status = async () => (await app.inject({ url: '/recent', headers: bearer(accessToken) })).statusCode
  t.equal(await status(), 200)
  advance(61)
  t.equal(await status(), 403)
})

t.test('a user without a password resets it by mail, and codes still sign in', async t => {
  const { codeSession, post, tokenTo } = await codeApplication(t, { options: signUp })
  await codeSession(stranger)
  await post('/password/forgot', { email: stranger })
  const token = await tokenTo(stranger, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: newPassword })).statusCode, 204)
  t.equal((await post('/sign-in', { email: stranger, password: newPassword })).statusCode, 200)
  t.ok((await codeSession(stranger)).accessToken)
})

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a user without a password deletes the last passkey, as codes still sign in`, async t => {
    const { storage } = await open(t)
    const options = { ...signUp, storage, migrate: true, passkeys }
    const { codeSession, post } = await codeApplication(t, { options })
    const { send, user, inject } = await codeSession(stranger)
    const authenticator = createSoftwareAuthenticator()
    const { id } = await registerPasskey({ inject }, { authenticator, origin })
    t.equal((await send('DELETE', `/passkeys/${id}`)).statusCode, 204)
    t.strictSame(await storage.passkeys.list({ userId: user.id }), [])
    t.ok((await codeSession(stranger)).accessToken)
    const request = (await post('/sign-in/passkey/options', undefined)).json()
    const credential = authenticator.get(request, { origin })
    refused(t, await post('/sign-in/passkey', { credential }), 401, 'FAST_AUTH_PASSKEY_INVALID')
  })
}

t.test('at a server without codes, the same user keeps the last passkey', async t => {
  const storage = memoryStorage()
  const { codeSession } = await codeApplication(t, { options: { ...signUp, storage, passkeys } })
  const { accessToken } = await codeSession(stranger)
  const { app } = await testApplication(t, { mail: true, options: { storage, passkeys } })
  const inject: Parameters<typeof registerPasskey>[0]['inject'] = request =>
    app.inject({ ...(typeof request === 'string' ? { url: request } : request), headers: bearer(accessToken) })
  const { id } = await registerPasskey({ inject }, { authenticator: createSoftwareAuthenticator(), origin })
  const answer = await inject({ method: 'DELETE', url: `/auth/passkeys/${id}` })
  refused(t, answer, 409, 'FAST_AUTH_LAST_SIGN_IN_METHOD')
})

t.test('a passkey makes no second factor due after a code', async t => {
  const { codeSession } = await codeApplication(t, { options: { passkeys, secondFactor: 'offered' } })
  await registerPasskey(await codeSession(), { authenticator: createSoftwareAuthenticator(), origin })
  t.ok((await codeSession()).accessToken)
})
