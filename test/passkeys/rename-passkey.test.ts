import { randomUUID } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { passkeyApplication, passkeys } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a user renames a passkey, however old the session is', async t => {
  const hooked: unknown[] = []
  const afterPasskeyChange = ({ passkey, reason }: { passkey: object; reason: string }) =>
    void hooked.push([passkey, reason])
  const application = await passkeyApplication(t, { options: { hooks: { afterPasskeyChange } } })
  const { send, passkey, events, user, session, asked, advance, everythingTo } = application
  hooked.length = 0
  advance(600)
  const answer = await send('PATCH', `/passkeys/${passkey.id.toUpperCase()}`, { name: ' Work laptop ' })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(answer.json(), { ...passkey, name: 'Work laptop' })
  t.strictSame(asked(), ['users.find', 'passkeys.rename'])
  const about = { userId: user.id, sessionId: session.id, passkeyId: passkey.id }
  t.hasStrict(events, [{ name: 'authn_passkey_change', reason: 'passkey_renamed', ...about }])
  t.equal(events.length, 1)
  t.strictSame(hooked, [[{ id: passkey.id, name: 'Work laptop' }, 'passkey_renamed']])
  t.strictSame((await send('GET', '/passkeys')).json().items, [{ ...passkey, name: 'Work laptop' }])
  const subjects = await everythingTo(ada.email)
  t.equal(subjects.filter(subject => /passkey/.test(subject)).length, 1, 'that of the addition')
})

t.test('a name has 1 to 100 characters without the blanks around it', async t => {
  const { send, passkey } = await passkeyApplication(t)
  const rename = (name: unknown) => send('PATCH', `/passkeys/${passkey.id}`, { name })
  t.equal((await rename('🔑'.repeat(100))).statusCode, 200)
  for (const name of ['', ' \t ', 'x'.repeat(101), 'x'.repeat(201), 5, null, undefined]) {
    const answer = await rename(name)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, 'name')
  }
})

t.test('a user renames neither a passkey of another user, nor one that does not exist', async t => {
  const { app, send, passkey } = await passkeyApplication(t)
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const payload = { name: 'Mine' }
  const url = `/auth/passkeys/${passkey.id}`
  refused(t, await ben.inject({ method: 'PATCH', url, payload }), 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
  refused(t, await send('PATCH', `/passkeys/${randomUUID()}`, payload), 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
  refused(t, await send('PATCH', '/passkeys/x', payload), 400, 'FST_ERR_VALIDATION')
  const long = await send('PATCH', `/passkeys/${'x'.repeat(200)}`, payload)
  t.hasStrict(long.json(), { statusCode: 414, code: 'FST_ERR_MAX_PARAM_LENGTH' })
  t.equal((await send('GET', '/passkeys')).json().items[0].name, 'Phone')
})

t.test('neither a visitor, nor an API key, nor a page of another site renames', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { passkeys } })
  const { key } = await owner.make()
  const request = { method: 'PATCH', url: `/auth/passkeys/${randomUUID()}`, payload: { name: 'x' } } as const
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const cookie = await signUpForCookies(app, { ...ada, email: 'eve@example.com' })
  const foreign = await app.inject({ ...request, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a session that another process has ended renames nothing', async t => {
  const storage = memoryStorage()
  const { send, passkey, session, user } = await passkeyApplication(t, { options: { storage } })
  await storage.sessions.revoke({ sessionId: session.id, now: noon })
  refused(t, await send('PATCH', `/passkeys/${passkey.id}`, { name: 'x' }), 401, 'FAST_AUTH_SESSION_REVOKED')
  const [stored] = await storage.passkeys.list({ userId: user.id })
  t.equal(stored?.name, 'Phone')
})
