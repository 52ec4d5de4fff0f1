import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import {
  origin,
  type PasskeySettings,
  passkeyApplication,
  passkeys,
  usePasskey,
} from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** An application in which an attacker has a copy of Ada's security key, which counts. Ada has used hers twice since. */
async function copiedApplication(t: Test, settings: PasskeySettings = {}) {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const application = await passkeyApplication(t, { authenticator, ...settings })
  const { passkeySession, events, asked } = application
  const copy = authenticator.copy()
  const session = await passkeySession()
  const second = await passkeySession()
  events.length = 0
  asked()
  const attack = async () => application.signInWith(await usePasskey(application, copy))
  return { ...application, copy, session, second, attack }
}

const subject = /^A passkey of your .* account may have been copied/

t.test('a copy signs no user in, and the sessions of the passkey end', async t => {
  const ended: unknown[] = []
  const hooks = {
    afterSessionEnd: ({ sessionId, reason, userId }: { sessionId: string; reason: string; userId: string }) =>
      void ended.push([userId, sessionId, reason]),
  }
  const application = await copiedApplication(t, { options: { hooks } })
  const { attack, asked, events, user, passkey, session, second, post, send, mailbox } = application
  refused(t, await attack(), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.strictSame(asked(), [
    'passkeys.findByCredentialId',
    'users.find',
    'sessions.open',
    'passkeys.findByCredentialId',
    'passkeys.endSessions',
  ])
  const about = { userId: user.id, ip: '127.0.0.1' }
  t.hasStrict(events, [{ name: 'passkey_copied', passkeyId: passkey.id, sessionId: null, ...about }])
  const names = events.map(({ name }) => name)
  t.strictSame(names, ['passkey_copied', 'authn_token_revoked', 'authn_token_revoked', 'authn_login_fail'])
  t.hasStrict(events[1], { reason: 'passkey_copied' })
  t.hasStrict(events[3], { reason: 'wrong_passkey', userId: user.id })
  const expected = [session, second].map(({ sessionId }) => [user.id, sessionId, 'passkey_copied'])
  t.strictSame(ended.sort(), expected.sort())
  t.match((await mailbox.waitForMessage(ada.email)).subject, subject)
  for (const { send, refreshToken } of [session, second]) {
    refused(t, await send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
  t.equal((await send('GET', '/me')).statusCode, 200, 'the session of the password goes on')
})

t.test('the passkey of the owner still signs in, and its counter stays', async t => {
  const storage = memoryStorage()
  const { attack, signIn, user } = await copiedApplication(t, { options: { storage } })
  await attack()
  t.hasStrict(await storage.passkeys.list({ userId: user.id }), [{ counter: 2 }])
  t.equal((await signIn()).statusCode, 200)
})

t.test('the owner gets one message a day, however often the copy is used', async t => {
  const { attack, advance, everythingTo, events } = await copiedApplication(t)
  for (let use = 0; use < 2; use += 1) refused(t, await attack(), 401, 'FAST_AUTH_PASSKEY_INVALID')
  advance(24 * 60 * 60 - 1)
  await attack()
  t.equal(events.filter(({ name }) => name === 'passkey_copied').length, 2, 'the third use has a counter that holds')
  const subjects = await everythingTo(ada.email)
  t.equal(subjects.filter(text => subject.test(text)).length, 1)
})

t.test('the next day, the owner gets another message', async t => {
  const { attack, advance, everythingTo, signIn } = await copiedApplication(t)
  await attack()
  for (let use = 0; use < 5; use += 1) await signIn()
  advance(24 * 60 * 60)
  t.equal((await attack()).statusCode, 401)
  const subjects = await everythingTo(ada.email)
  t.equal(subjects.filter(text => subject.test(text)).length, 2)
})

t.test('a copy that was used before the owner is noticed at the owner', async t => {
  const { attack, signIn, copy, events } = await copiedApplication(t)
  while ((copy.credentials[0]?.counter ?? 0) < 2) await attack()
  t.equal((await attack()).statusCode, 200, 'its counter has grown: it is not noticed')
  events.length = 0
  refused(t, await signIn(), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.equal(events[0]?.name, 'passkey_copied')
})

t.test('a synced passkey has no counter to compare', async t => {
  const authenticator = createSoftwareAuthenticator()
  const application = await passkeyApplication(t, { authenticator })
  for (const counter of [9, 3, 3, 0])
    t.equal((await application.signIn({ overrides: { counter } })).statusCode, 200, String(counter))
})

t.test('a passkey that has not counted yet, or stops counting, is no copy', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const application = await passkeyApplication(t, { authenticator })
  for (const counter of [0, 5, 0, 5])
    t.equal((await application.signIn({ overrides: { counter } })).statusCode, 200, String(counter))
  t.equal((await application.signIn({ overrides: { counter: 5 } })).statusCode, 401)
})

t.test('a used challenge of a copy says nothing of a copy', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const { use, signInWith, events } = await passkeyApplication(t, { authenticator })
  const credential = await use()
  await signInWith(credential)
  events.length = 0
  refused(t, await signInWith(credential), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.strictSame(
    events.map(({ name }) => name),
    ['authn_login_fail'],
  )
})

t.test('a copy makes no session recent, and the session ends if it is one of the passkey', async t => {
  const { copy, session, accessToken, post, events, passkey, ...application } = await copiedApplication(t)
  const prove = async (token: string) =>
    post('/reauthenticate', { credential: await usePasskey({ post }, copy) }, bearer(token))
  refused(t, await prove(session.accessToken), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.hasStrict(events[0], { name: 'passkey_copied', passkeyId: passkey.id })
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'wrong_second_factor' })
  refused(t, await session.send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
  events.length = 0
  refused(t, await prove(accessToken), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal((await application.send('GET', '/me')).statusCode, 200)
})

t.test('without a sender, the sessions end without a message', async t => {
  const storage = memoryStorage()
  const { copy, session, passkey } = await copiedApplication(t, { options: { storage } })
  const application = await testApplication(t, { options: { storage, passkeys, issuer: origin } })
  const credential = await usePasskey(application, copy)
  refused(t, await application.post('/sign-in/passkey', { credential }), 401, 'FAST_AUTH_PASSKEY_INVALID')
  t.hasStrict(application.events[0], { name: 'passkey_copied', passkeyId: passkey.id })
  const { refreshToken } = session
  const refreshed = await application.post('/refresh', { refreshToken })
  refused(t, refreshed, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
})
