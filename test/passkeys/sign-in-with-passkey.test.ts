import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import {
  createSoftwareAuthenticator,
  type PasskeyOverrides,
  registerPasskey,
  signUpUser,
} from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import { claimsOf, origin, passkeyApplication, passkeys } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const invalid = 'FAST_AUTH_PASSKEY_INVALID'

t.test('a passkey signs in, as both factors', async t => {
  const signedIn: unknown[] = []
  const hooks = { afterSignIn: ({ sessionId }: { sessionId: string }) => void signedIn.push(sessionId) }
  const application = await passkeyApplication(t, { options: { hooks } })
  const { use, signInWith, asked, events, user, advance, app, send } = application
  advance(60)
  const credential = await use()
  asked()
  const answer = await signInWith(credential)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  const lastSignInAt = new Date(noon + 60_000).toISOString()
  t.hasStrict(answer.json(), { user: { id: user.id, email: ada.email, lastSignInAt }, tokenType: 'Bearer' })
  const { accessToken, session } = answer.json()
  t.hasStrict(claimsOf(accessToken), { amr: ['swk', 'user', 'mfa'], auth_time: noon / 1000 + 60 })
  t.strictSame(asked(), ['passkeys.findByCredentialId', 'users.find', 'sessions.open'])
  t.hasStrict(events, [{ name: 'authn_login_success', userId: user.id, sessionId: session.id, ip: '127.0.0.1' }])
  t.equal(events.length, 1)
  t.strictSame(signedIn, [session.id])
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  t.equal((await send('GET', '/passkeys')).json().items[0].lastUsedAt, lastSignInAt)
})

t.test('a browser gets cookies, and is a known device from then on', async t => {
  const { app, use } = await passkeyApplication(t, { options: { limits: {} } })
  const ben = browser(app)
  const payload = { credential: await use() }
  const answer = await ben.send({ method: 'POST', url: '/auth/sign-in/passkey', payload })
  t.equal(answer.statusCode, 200)
  t.notOk('accessToken' in answer.json())
  const names = answer.cookies.map(({ name }) => name)
  for (const name of ['__Host-access_token', '__Secure-refresh_token', '__Secure-known_device'])
    t.ok(names.includes(name), name)
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('a page of another site signs no browser in', async t => {
  const { app, use, asked } = await passkeyApplication(t)
  const credential = await use()
  asked()
  const request = { method: 'POST', url: '/auth/sign-in/passkey' } as const
  const headers = { 'sec-fetch-site': 'cross-site' }
  const withCookies = await app.inject({ ...request, payload: { credential }, headers })
  refused(t, withCookies, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const cookie = '__Host-access_token=x'
  const withToken = await app.inject({
    ...request,
    payload: { credential, transport: 'token' },
    headers: { ...headers, cookie },
  })
  refused(t, withToken, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(asked(), [])
})

t.test('the transport is that of the application, if the body has none', async t => {
  const { use, post } = await passkeyApplication(t, { options: { transport: 'token' } })
  t.ok((await post('/sign-in/passkey', { credential: await use() })).json().accessToken)
})

const clear = (flag: number) => (flags: number) => flags & ~flag
const damages: readonly (readonly [string, PasskeyOverrides & { readonly origin?: string }, boolean])[] = [
  ['another type of ceremony', { type: 'webauthn.create' }, true],
  ['a challenge that the server did not issue', { challenge: Buffer.alloc(32).toString('base64url') }, false],
  ['a page in a frame of another origin', { crossOrigin: true }, false],
  ['a page around it', { topOrigin: 'https://evil.example' }, false],
  ['another relying party', { rpId: 'evil.example' }, true],
  ['no verified user', { flags: clear(0x04) }, true],
  ['no present user', { flags: clear(0x01) }, true],
  ['a backup that is not possible', { flags: clear(0x08) }, true],
  ['the user handle of another user', { userHandle: Buffer.alloc(32).toString('base64url') }, true],
  ['no user handle', { userHandle: null }, true],
  ['another origin', { origin: 'https://evil.example' }, true],
]

for (const [title, { origin: page = origin, ...overrides }, isLookedUp] of damages) {
  t.test(`a response with ${title} signs no user in, and says no more than others`, async t => {
    const { use, signInWith, asked, events } = await passkeyApplication(t)
    const credential = await use({ origin: page, overrides })
    asked()
    const answer = await signInWith(credential)
    refused(t, answer, 401, invalid)
    t.equal(answer.json().message, 'The passkey is not valid here')
    t.strictSame(asked(), isLookedUp ? ['passkeys.findByCredentialId'] : [])
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_passkey', userId: null, sessionId: null }])
    t.equal(events.length, 1)
  })
}

t.test('a damaged signature and a signature of another passkey are refused', async t => {
  const application = await passkeyApplication(t)
  const { use, signInWith, app, mailbox } = application
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const token = (await mailbox.waitForMessage('ben@example.com')).text.match(/#token=([\w-]+)/)?.[1]
  await ben.inject({ method: 'POST', url: '/auth/email/confirm', payload: { token, password: ada.password } })
  const other = createSoftwareAuthenticator()
  await registerPasskey(ben, { authenticator: other, origin })
  const credential = await use()
  const { challenge, rpId } = (await application.post('/sign-in/passkey/options', undefined)).json()
  const foreign = other.get({ challenge, rpId, timeout: 300_000, userVerification: 'required' }, { origin })
  const { signature, clientDataJSON } = foreign.response
  for (const response of [
    { ...credential.response, signature },
    { ...credential.response, signature: 'AAAA' },
    { ...credential.response, clientDataJSON },
    { ...foreign.response, userHandle: credential.response.userHandle },
  ])
    refused(t, await signInWith({ ...credential, response }), 401, invalid)
  const { id, rawId } = foreign
  refused(t, await signInWith({ ...credential, id, rawId }), 401, invalid)
  refused(t, await signInWith({ ...credential, rawId }), 401, invalid)
  t.equal((await signInWith(credential)).statusCode, 200)
  t.equal((await signInWith(foreign)).json().user.id, ben.user.id)
})

t.test('an unknown passkey is looked up once, and gets the same response', async t => {
  const { post, signInWith, authenticator, asked, events, passkey } = await passkeyApplication(t)
  const { challenge, rpId } = (await post('/sign-in/passkey/options', undefined)).json()
  const foreign = createSoftwareAuthenticator()
  const { userHandle } = passkey
  foreign.create(
    {
      rp: { id: rpId, name: 'x' },
      user: { id: userHandle, name: 'x', displayName: 'x' },
      challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      timeout: 1,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    },
    { origin },
  )
  t.equal(authenticator.credentials.length, 1)
  asked()
  const credential = foreign.get({ challenge, rpId, timeout: 300_000, userVerification: 'required' }, { origin })
  refused(t, await signInWith(credential), 401, invalid)
  t.strictSame(asked(), ['passkeys.findByCredentialId'])
  t.hasStrict(events, [{ reason: 'wrong_passkey', userId: null }])
})

t.test('a challenge signs in once, in whatever order and in whatever process', async t => {
  const storage = memoryStorage()
  const { use, signInWith, events, user } = await passkeyApplication(t, { options: { storage } })
  const other = await testApplication(t, { options: { storage, passkeys, publicUrl: origin } })
  const credential = await use()
  const answers = await Promise.all([
    signInWith(credential),
    other.post('/sign-in/passkey', { credential, transport: 'token' }),
    signInWith(credential),
  ])
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [200, 401, 401])
  events.length = 0
  refused(t, await signInWith(credential), 401, invalid)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_passkey', userId: user.id }])
})

t.test('a challenge expires after five minutes', async t => {
  const { use, signInWith, advance, asked } = await passkeyApplication(t)
  const credential = await use()
  advance(300)
  asked()
  refused(t, await signInWith(credential), 401, invalid)
  t.strictSame(asked(), [])
  advance(-0.001)
  t.equal((await signInWith(credential)).statusCode, 200)
})

t.test('the challenge of a registration signs no user in', async t => {
  const { send, use, signInWith } = await passkeyApplication(t)
  const { challenge } = (await send('POST', '/passkeys/options')).json()
  refused(t, await signInWith(await use({ overrides: { challenge } })), 401, invalid)
})

t.test('the counter of an authenticator that counts grows from sign-in to sign-in', async t => {
  const storage = memoryStorage()
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const { signIn, user } = await passkeyApplication(t, { options: { storage }, authenticator })
  for (const counter of [1, 2, 3]) {
    t.equal((await signIn()).statusCode, 200)
    t.hasStrict(await storage.passkeys.list({ userId: user.id }), [{ counter, backedUp: false }])
  }
})

for (const [title, change, field] of [
  ['without a credential', () => ({}), 'credential'],
  [
    'without a signature',
    (credential: { response: object }) => ({
      credential: { ...credential, response: { ...credential.response, signature: undefined } },
    }),
    'signature',
  ],
  [
    'with a number as the user handle',
    (credential: { response: object }) => ({
      credential: { ...credential, response: { ...credential.response, userHandle: 5 } },
    }),
    'userHandle',
  ],
  ['with another transport', (credential: object) => ({ credential, transport: 'mail' }), 'transport'],
  ['with another field', (credential: object) => ({ credential, email: ada.email }), 'email'],
] as const) {
  t.test(`a body ${title} is refused, and the answer names the field`, async t => {
    const { use, post, asked } = await passkeyApplication(t)
    const credential = await use()
    asked()
    const answer = await post('/sign-in/passkey', change(credential))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, field)
    t.strictSame(asked(), [])
  })
}
