import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator, registerPasskey, setUpTotp, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import {
  claimsOf,
  confirmedApplication,
  origin,
  passkeyApplication,
  passkeys,
  rpId,
} from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const start = { method: 'POST', url: '/auth/passkeys/options' } as const
const bytesOf = (text: string) => Buffer.from(text, 'base64url')

t.test('a user gets the options of a first passkey, and nothing is stored', async t => {
  const { send, asked, events } = await confirmedApplication(t)
  const answer = await send('POST', '/passkeys/options')
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  const { challenge, user, ...options } = answer.json()
  t.strictSame(options, {
    rp: { id: rpId, name: 'Example' },
    pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
    timeout: 300_000,
    excludeCredentials: [],
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  })
  t.hasStrict(user, { name: ada.email, displayName: ada.email })
  t.equal(bytesOf(user.id).length, 32)
  t.ok(bytesOf(challenge).length >= 16)
  t.strictSame(asked(), ['users.find', 'passkeys.list'])
  t.strictSame(events, [])
})

t.test('the user handle says nothing about the user', async t => {
  const { send, user } = await confirmedApplication(t)
  const options = [await send('POST', '/passkeys/options'), await send('POST', '/passkeys/options')]
  const handles = options.map(answer => answer.json().user.id)
  t.not(handles[0], handles[1], 'it is random')
  for (const handle of handles) {
    const text = bytesOf(handle).toString('latin1')
    t.notMatch(text, ada.email)
    t.notOk(bytesOf(handle).includes(Buffer.from(user.id.replaceAll('-', ''), 'hex')))
  }
})

t.test('all passkeys of a user have one handle, and those of another user another one', async t => {
  const { app, send, authenticator, mailbox } = await passkeyApplication(t)
  const [{ userHandle } = { userHandle: '' }] = authenticator.credentials
  t.equal((await send('POST', '/passkeys/options')).json().user.id, userHandle)
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const token = (await mailbox.waitForMessage('ben@example.com')).text.match(/#token=([\w-]+)/)?.[1]
  await ben.inject({ method: 'POST', url: '/auth/email/confirm', payload: { token, password: ada.password } })
  t.not((await ben.inject(start)).json().user.id, userHandle)
})

t.test('the options exclude the passkeys that the user has, with their transports', async t => {
  const authenticator = createSoftwareAuthenticator({ transports: ['usb', 'nfc'] })
  const { send, passkey } = await passkeyApplication(t, { authenticator })
  const { excludeCredentials } = (await send('POST', '/passkeys/options')).json()
  t.strictSame(excludeCredentials, [{ type: 'public-key', id: passkey.credentialId, transports: ['usb', 'nfc'] }])
})

t.test('authenticators show the user name, if there is one', async t => {
  const options = { passkeys, usernames: true }
  const { app } = await testApplication(t, { options })
  const user = await signUpUser(app, { ...ada, username: 'ada.l' })
  t.hasStrict((await user.inject(start)).json().user, { name: ada.email, displayName: 'ada.l' })
})

t.test('a user with the maximum number of passkeys gets no options', async t => {
  const { send } = await passkeyApplication(t, { options: { passkeys: { ...passkeys, maximumPerUser: 1 } } })
  refused(t, await send('POST', '/passkeys/options'), 409, 'FAST_AUTH_PASSKEY_LIMIT_REACHED')
})

t.test('with a sender, the address must be confirmed', async t => {
  const { inject } = await testApplication(t, { mail: true, signedIn: true, options: { passkeys } })
  refused(t, await inject(start), 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

t.test('without a sender, no address can be confirmed, and none has to be', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { passkeys } })
  t.equal((await inject(start)).statusCode, 200)
})

t.test('a session gets options up to five minutes after its last proof', async t => {
  const { send, advance, post, app, accessToken } = await confirmedApplication(t)
  advance(300)
  t.equal((await send('POST', '/passkeys/options')).statusCode, 200)
  advance(1)
  refused(t, await send('POST', '/passkeys/options'), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  const proven = await post('/reauthenticate', { password: ada.password }, bearer(accessToken))
  t.equal((await app.inject({ ...start, headers: bearer(proven.json().accessToken) })).statusCode, 200)
})

t.test('a user with a second factor must have given it', async t => {
  const { app, inject, advance, post } = await testApplication(t, {
    signedIn: true,
    options: { passkeys, secondFactor: 'offered' },
  })
  await setUpTotp({ inject }, { at: noon })
  refused(t, await inject(start), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
  advance(0)
  const waiting = await post('/sign-in', { ...ada, transport: 'token' })
  t.equal(waiting.statusCode, 202)
  t.equal((await app.inject(start)).statusCode, 401)
})

t.test('neither a visitor, nor an API key, nor a page of another site gets options', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { passkeys } })
  const { key } = await owner.make()
  refused(t, await app.inject(start), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...start, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const cookie = await signUpForCookies(app, { ...ada, email: 'ben@example.com' })
  const from = (site: string) => app.inject({ ...start, headers: { cookie, 'sec-fetch-site': site } })
  refused(t, await from('cross-site'), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.equal((await from('same-origin')).statusCode, 200)
})

t.test('a user who was deleted by another process gets no options', async t => {
  const storage = memoryStorage()
  const { send, user } = await confirmedApplication(t, { options: { storage } })
  await storage.users.delete({ userId: user.id, now: noon })
  refused(t, await send('POST', '/passkeys/options'), 401, 'FAST_AUTH_SESSION_REVOKED')
})

t.test('a session that signed in with the passkey adds another one', async t => {
  const { passkeySession, app } = await passkeyApplication(t)
  const { accessToken } = await passkeySession()
  t.strictSame(claimsOf(accessToken).amr, ['swk', 'user', 'mfa'])
  const inject = (request: object) => app.inject({ ...request, headers: bearer(accessToken) })
  const { id } = await registerPasskey({ inject }, { authenticator: createSoftwareAuthenticator(), origin })
  t.ok(id)
})

t.test('a query is refused', async t => {
  const { inject } = await testApplication(t, { signedIn: true, options: { passkeys } })
  refused(t, await inject({ ...start, url: `${start.url}?email=${ada.email}` }), 400, 'FST_ERR_VALIDATION')
})
