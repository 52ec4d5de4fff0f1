import t from 'tap'
import { createSoftwareAuthenticator, registerPasskey } from '../../lib/testing/index.js'
import { origin, passkeys } from '../support/passkey-application.js'
import { ben, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const newPassword = 'a horse of another colour'
const tooOld = 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'

for (const [method, path, payload, done] of [
  ['POST', '/password/change', { newPassword }, 200],
  ['POST', '/email/change', { email: 'new@example.com' }, 202],
  ['DELETE', '/me', {}, 204],
] as const) {
  t.test(`${method} ${path}: the session of a provider replaces the password for five minutes`, async t => {
    const { browser, advance } = await providerApplication(t)
    const own = browser()
    await own.signIn()
    const send = () => own.send({ method, url: `/auth${path}`, payload })
    advance(301)
    refused(t, await send(), 403, tooOld)
    await own.signIn()
    t.equal((await send()).statusCode, done)
  })
}

t.test('a user without a password sets the first one, and signs in with it and with the provider', async t => {
  const { browser, post } = await providerApplication(t)
  const own = browser()
  await own.signIn()
  const id = (await own.user())?.id
  refused(t, await post('/sign-in', { email: ben.email, password: newPassword }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await own.post('/password/change', { newPassword })).statusCode, 200)
  t.equal((await post('/sign-in', { email: ben.email, password: newPassword })).statusCode, 200)
  const other = browser()
  await other.signIn()
  t.equal((await other.user())?.id, id)
})

t.test('with a password, the identity is no longer the last way in', async t => {
  const { browser } = await providerApplication(t)
  const own = browser()
  await own.signIn()
  await own.post('/password/change', { newPassword })
  const [identity] = await own.identities()
  t.equal((await own.remove(`/identities/${identity?.id}`)).statusCode, 204)
})

t.test('with an identity, a passkey is no longer the last way in, and the other way round', async t => {
  const { browser } = await providerApplication(t, { options: { passkeys } })
  const own = browser()
  await own.signIn()
  const inject: Parameters<typeof registerPasskey>[0]['inject'] = request =>
    own.send(typeof request === 'string' ? { url: request } : (request as Parameters<typeof own.send>[0]))
  const add = () => registerPasskey({ inject }, { authenticator: createSoftwareAuthenticator(), origin })
  const { id } = await add()
  t.equal((await own.remove(`/passkeys/${id}`)).statusCode, 204)
  const kept = await add()
  const [identity] = await own.identities()
  t.equal((await own.remove(`/identities/${identity?.id}`)).statusCode, 204)
  refused(t, await own.remove(`/passkeys/${kept.id}`), 409, 'FAST_AUTH_LAST_SIGN_IN_METHOD')
})

t.test('a user without a password sets one with a mailed link, and keeps the provider', async t => {
  const { browser, post, tokenTo } = await providerApplication(t)
  await browser().signIn()
  await post('/password/forgot', { email: ben.email })
  const token = await tokenTo(ben.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: newPassword })).statusCode, 204)
  const own = browser()
  await own.signIn()
  t.ok(await own.user())
})
