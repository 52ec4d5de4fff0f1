import { randomUUID } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import {
  createSoftwareAuthenticator,
  registerPasskey,
  setUpTotp,
  signInUser,
  signInWithTotp,
  signUpUser,
} from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { origin, passkeyApplication, passkeys } from '../support/passkey-application.js'
import { passwordlessApplication } from '../support/passwordless-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a deleted passkey signs in no more, and the sessions in which it was used end', async t => {
  const hooked: unknown[] = []
  const ended: unknown[] = []
  const hooks = {
    afterPasskeyChange: ({ passkey, reason }: { passkey: object; reason: string }) =>
      void hooked.push([passkey, reason]),
    afterSessionEnd: ({ sessionId, reason }: { sessionId: string; reason: string }) =>
      void ended.push([sessionId, reason]),
  }
  const application = await passkeyApplication(t, { options: { hooks } })
  const { send, passkey, events, user, session, asked, mailbox, passkeySession, use, signInWith, post } = application
  const other = await passkeySession()
  const before = await use()
  hooked.length = 0
  events.length = 0
  asked()
  const answer = await send('DELETE', `/passkeys/${passkey.id.toUpperCase()}`)
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.strictSame(asked(), ['users.find', 'passkeys.remove'])
  const about = { userId: user.id, sessionId: session.id, passkeyId: passkey.id }
  t.hasStrict(events, [{ name: 'authn_passkey_change', reason: 'passkey_removed', ...about }])
  t.hasStrict(events[1], { name: 'authn_token_revoked', reason: 'passkey_removed', sessionId: other.sessionId })
  t.equal(events.length, 2)
  t.strictSame(hooked, [[{ id: passkey.id, name: 'Phone' }, 'passkey_removed']])
  t.strictSame(ended, [[other.sessionId, 'passkey_removed']])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /^A passkey was deleted/)
  refused(t, await other.send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
  const refreshed = await post('/refresh', { refreshToken: other.refreshToken })
  refused(t, refreshed, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  refused(t, await signInWith(before), 401, 'FAST_AUTH_PASSKEY_INVALID')
  refused(t, await signInWith(await use()), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.strictSame((await send('GET', '/passkeys')).json().items, [])
  refused(t, await send('DELETE', `/passkeys/${passkey.id}`), 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
})

t.test('the session that deletes goes on, also if it signed in with the passkey', async t => {
  const { passkeySession, passkey } = await passkeyApplication(t)
  const { send } = await passkeySession()
  t.equal((await send('DELETE', `/passkeys/${passkey.id}`)).statusCode, 204)
  t.equal((await send('GET', '/me')).statusCode, 200)
})

t.test('sessions of another passkey and of the password go on', async t => {
  const application = await passkeyApplication(t)
  const { app, send, passkeySession } = application
  const authenticator = createSoftwareAuthenticator()
  const { id } = await registerPasskey(application, { authenticator, origin })
  const [ofPasskey, ofPassword] = [await passkeySession(), await signInUser(app, ada)]
  t.equal((await send('DELETE', `/passkeys/${id}`)).statusCode, 204)
  t.equal((await ofPasskey.send('GET', '/me')).statusCode, 200)
  t.equal((await ofPassword.inject('/auth/me')).statusCode, 200)
})

t.test('a session deletes up to five minutes after its last proof', async t => {
  const { app, post, send, passkey, advance, accessToken, use } = await passkeyApplication(t)
  advance(301)
  refused(t, await send('DELETE', `/passkeys/${passkey.id}`), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const proven = await post('/reauthenticate', { credential: await use() }, bearer(accessToken))
  advance(300)
  const headers = bearer(proven.json().accessToken)
  t.equal((await app.inject({ method: 'DELETE', url: `/auth/passkeys/${passkey.id}`, headers })).statusCode, 204)
})

t.test('a user with a second factor must have given it', async t => {
  const application = await passkeyApplication(t, { options: { secondFactor: 'offered' } })
  const { app, advance, passkey, inject, send } = application
  const { secret } = await setUpTotp({ inject }, { at: noon })
  refused(t, await send('DELETE', `/passkeys/${passkey.id}`), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  advance(30)
  const withFactor = await signInWithTotp(app, { ...ada, secret, at: noon + 30_000 })
  const answer = await withFactor.inject({ method: 'DELETE', url: `/auth/passkeys/${passkey.id}` })
  t.equal(answer.statusCode, 204)
})

t.test('the last way to sign in stays', async t => {
  const application = await passwordlessApplication(t, { options: { passkeys } })
  const { inject, events } = application
  const add = () => registerPasskey(application, { authenticator: createSoftwareAuthenticator(), origin })
  const remove = (id: string) => inject({ method: 'DELETE', url: `/auth/passkeys/${id}` })
  const first = await add()
  events.length = 0
  refused(t, await remove(first.id), 409, 'FAST_AUTH_LAST_SIGN_IN_METHOD')
  t.strictSame(events, [])
  const second = await add()
  t.equal((await remove(first.id)).statusCode, 204)
  refused(t, await remove(second.id), 409, 'FAST_AUTH_LAST_SIGN_IN_METHOD')
  const payload = { newPassword: 'a horse of another colour' }
  t.equal((await inject({ method: 'POST', url: '/auth/password/change', payload })).statusCode, 200)
})

t.test('a user deletes neither a passkey of another user, nor one that does not exist', async t => {
  const { app, send, passkey } = await passkeyApplication(t)
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const foreign = await ben.inject({ method: 'DELETE', url: `/auth/passkeys/${passkey.id}` })
  refused(t, foreign, 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
  refused(t, await send('DELETE', `/passkeys/${randomUUID()}`), 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
  refused(t, await send('DELETE', '/passkeys/x'), 400, 'FST_ERR_VALIDATION')
  const long = await send('DELETE', `/passkeys/${'x'.repeat(200)}`)
  t.hasStrict(long.json(), { statusCode: 414, code: 'FST_ERR_MAX_PARAM_LENGTH' })
  t.equal((await send('GET', '/passkeys')).json().items.length, 1)
})

t.test('neither a visitor, nor an API key, nor a page of another site deletes', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { passkeys } })
  const { key } = await owner.make()
  const request = { method: 'DELETE', url: `/auth/passkeys/${randomUUID()}` } as const
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const cookie = await signUpForCookies(app, { ...ada, email: 'eve@example.com' })
  const foreign = await app.inject({ ...request, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a session that another process has ended deletes nothing', async t => {
  const storage = memoryStorage()
  const { send, passkey, session, user } = await passkeyApplication(t, { options: { storage } })
  await storage.sessions.revoke({ sessionId: session.id, now: noon })
  refused(t, await send('DELETE', `/passkeys/${passkey.id}`), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await storage.passkeys.list({ userId: user.id })).length, 1)
})

t.test('without a sender, there is no message', async t => {
  const application = await testApplication(t, { signedIn: true, options: { passkeys } })
  const { id } = await registerPasskey(application, { authenticator: createSoftwareAuthenticator(), origin })
  const answer = await application.inject({ method: 'DELETE', url: `/auth/passkeys/${id}` })
  t.equal(answer.statusCode, 204)
})
