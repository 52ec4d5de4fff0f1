import Fastify from 'fastify'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { partialStorage } from '../support/partial-storage.js'
import { secret } from '../support/secret.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'

const newPassword = 'a new battery staple'

/** An application on a storage without API keys, events, tokens and messages. */
const coreApplication = () =>
  testApplication(t, { options: { storage: partialStorage(memoryStorage(), []), apiKeys: false } })

t.test('an account lives and ends on a storage of the core', async t => {
  const { app, post } = await coreApplication()
  const me = (token: string) => app.inject({ url: '/auth/me', headers: bearer(token) })

  const first = await signUpForTokens(app)
  t.equal((await me(first.accessToken)).json().user.email, ada.email)
  t.equal((await post('/sign-up', ada)).json().code, 'FAST_AUTH_USER_EXISTS')

  const second = await signInForTokens(app)
  const refreshed = await post('/refresh', { refreshToken: second.refreshToken })
  t.equal(refreshed.statusCode, 200)
  const { accessToken } = refreshed.json()
  const listed = await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })
  t.same(
    listed
      .json()
      .items.map(({ id }: { id: string }) => id)
      .sort(),
    [first.session.id, second.session.id].sort(),
  )

  const change = { currentPassword: ada.password, newPassword }
  const changed = await post('/password/change', change, bearer(accessToken))
  t.equal(changed.statusCode, 200)
  t.equal((await me(first.accessToken)).statusCode, 401, 'the other session has ended')

  const signedOut = await post('/sign-out', {}, bearer(changed.json().accessToken))
  t.equal(signedOut.statusCode, 204)
  t.equal((await me(changed.json().accessToken)).statusCode, 401)

  const third = await signInForTokens(app, { ...ada, password: newPassword })
  const deleted = await app.inject({
    method: 'DELETE',
    url: '/auth/me',
    headers: bearer(third.accessToken),
    payload: { password: newPassword },
  })
  t.equal(deleted.statusCode, 204)
  t.equal((await post('/sign-in', { ...ada, password: newPassword })).statusCode, 401)
})

t.test('a copied refresh token ends its session, although no mail reports it', async t => {
  const { app, post, advance } = await coreApplication()
  const { refreshToken } = await signUpForTokens(app)
  const refreshed = (await post('/refresh', { refreshToken })).json()
  await post('/refresh', { refreshToken: refreshed.refreshToken })
  advance(3600)
  t.equal((await post('/refresh', { refreshToken })).statusCode, 401)
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(refreshed.accessToken) })).statusCode, 401)
})

t.test('the application disables and deletes users on a storage of the core', async t => {
  const { app, post } = await coreApplication()
  const { user } = await signUpForTokens(app)
  t.strictSame(await app.fastAuth.disableUser(user.id), { outcome: 'disabled', endedSessions: 1 })
  t.equal((await post('/sign-in', ada)).json().code, 'FAST_AUTH_USER_DISABLED')
  t.equal((await app.fastAuth.deleteUser(user.id)).outcome, 'deleted')
})

t.test('there are no routes of API keys and of e-mail on a storage of the core', async t => {
  const { app, post } = await coreApplication()
  const { accessToken } = await signUpForTokens(app)
  t.equal((await app.inject({ url: '/auth/api-keys', headers: bearer(accessToken) })).statusCode, 404)
  for (const path of ['/api-keys', '/api-keys/1/roll', '/email/confirm', '/password/forgot', '/password/reset'])
    t.equal((await post(path, {}, bearer(accessToken))).statusCode, 404, path)
})

t.test('a storage without API keys is refused at the start while they are on', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  const storage = partialStorage(memoryStorage(), ['audit-log', 'email'])
  const started = app.register(fastAuth, { secrets: [secret], passwords: cheapPasswords, storage })
  const methods = ['create', 'list', 'findByHash', 'delete', 'roll', 'touch'].map(method => `apiKeys.${method}`)
  await t.rejects(Promise.resolve(started), {
    code: 'FAST_AUTH_STORAGE_INCOMPLETE',
    message: `The option "storage" of fast-auth lacks ${methods.join(', ')}: see the Storage interface in "fast-auth/storage"`,
  })
})

t.test('the functions for keys and events say that the storage has none', async t => {
  const { app } = await coreApplication()
  await t.rejects(app.fastAuth.revokeApiKey('sk-x'), new TypeError('The storage of fast-auth has no API keys'))
  await t.rejects(app.fastAuth.listEvents(), new TypeError('The storage of fast-auth has no events'))
})

t.test('with `apiKeys: false`, a stored key is neither accepted nor active, and can still be revoked', async t => {
  const storage = memoryStorage()
  const { owner } = await testApplication(t, { keys: true, options: { storage } })
  const { key } = await owner.make()
  const { app, post } = await testApplication(t, { options: { storage, apiKeys: false } })
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(key) })).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const { accessToken } = await signInForTokens(app)
  t.strictSame((await post('/tokens/introspect', { token: key }, bearer(accessToken))).json(), { active: false })
  t.equal((await app.fastAuth.revokeApiKey(key)).outcome, 'revoked')
  t.equal((await app.fastAuth.revokeApiKey(key)).outcome, 'unknown')
})
