import { createHash } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import {
  createSoftwareAuthenticator,
  type PasskeyOverrides,
  signInUser,
  signUpUser,
  totpCode,
} from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { confirmedApplication, newPasskey, origin } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

const invalid = 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID'

t.test('a challenge adds one passkey', async t => {
  const application = await confirmedApplication(t)
  const { send } = application
  const { credential, options } = await newPasskey(application)
  const other = createSoftwareAuthenticator().create(options, { origin })
  const answers = await Promise.all([credential, other].map(credential => send('POST', '/passkeys', { credential })))
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [201, 400])
  refused(t, await send('POST', '/passkeys', { credential }), 400, invalid)
  t.equal((await send('GET', '/passkeys')).json().items.length, 1)
})

t.test('a challenge expires after five minutes', async t => {
  const application = await confirmedApplication(t)
  const { send, advance } = application
  const { credential } = await newPasskey(application)
  advance(300)
  refused(t, await send('POST', '/passkeys', { credential }), 400, invalid)
  advance(-0.001)
  t.equal((await send('POST', '/passkeys', { credential })).statusCode, 201)
})

t.test('a challenge belongs to one session', async t => {
  const application = await confirmedApplication(t)
  const { app } = application
  const { credential } = await newPasskey(application)
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const again = await signInUser(app, ada)
  for (const { inject } of [again])
    refused(t, await inject({ method: 'POST', url: '/auth/passkeys', payload: { credential } }), 400, invalid)
  const unconfirmed = await ben.inject({ method: 'POST', url: '/auth/passkeys', payload: { credential } })
  refused(t, unconfirmed, 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

const elsewhere = 'https://evil.example'
const clear = (flag: number) => (flags: number) => flags & ~flag
const damages: readonly (readonly [string, PasskeyOverrides])[] = [
  ['another type of ceremony', { type: 'webauthn.get' }],
  ['a challenge that the server did not issue', { challenge: Buffer.alloc(32).toString('base64url') }],
  ['a page in a frame of another origin', { crossOrigin: true }],
  ['a page around it', { topOrigin: elsewhere }],
  ['another relying party', { rpId: 'evil.example' }],
  ['no verified user', { flags: clear(0x04) }],
  ['no present user', { flags: clear(0x01) }],
  ['no key', { flags: clear(0x40) }],
  ['a backup that is not possible', { flags: clear(0x08) }],
]

for (const [title, overrides] of damages) {
  t.test(`a response with ${title} adds no passkey`, async t => {
    const application = await confirmedApplication(t)
    const { credential } = await newPasskey(application, { overrides })
    application.asked()
    refused(t, await application.send('POST', '/passkeys', { credential }), 400, invalid)
    t.strictSame(application.asked(), ['users.find'])
    t.strictSame(application.events, [])
  })
}

t.test('a response for another origin, with another id or of another form adds no passkey', async t => {
  const application = await confirmedApplication(t)
  const { send } = application
  for (const origin of [elsewhere, 'https://app.example.com:8443', 'http://app.example.com', 'https://example.com'])
    refused(
      t,
      await send('POST', '/passkeys', { credential: (await newPasskey(application, { origin })).credential }),
      400,
      invalid,
    )
  const { credential } = await newPasskey(application)
  const id = createHash('sha256').update('x').digest('base64url')
  const changed = [
    { ...credential, id, rawId: id },
    { ...credential, rawId: id },
    { ...credential, response: { ...credential.response, attestationObject: 'AAAA' } },
    { ...credential, response: { ...credential.response, clientDataJSON: 'AAAA' } },
    { ...credential, response: { ...credential.response, clientDataJSON: 'bnVsbA' } },
  ]
  for (const credential of changed) refused(t, await send('POST', '/passkeys', { credential }), 400, invalid)
  t.equal((await send('POST', '/passkeys', { credential })).statusCode, 201)
})

t.test('the challenge of a sign-in adds no passkey', async t => {
  const application = await confirmedApplication(t)
  const { challenge } = (await application.post('/sign-in/passkey/options', undefined)).json()
  const { credential } = await newPasskey(application, { overrides: { challenge } })
  refused(t, await application.send('POST', '/passkeys', { credential }), 400, invalid)
})

t.test('a session that ends in the last moment adds no passkey', async t => {
  const storage = memoryStorage()
  const register: typeof storage.passkeys.register = async request => {
    await storage.sessions.revoke({ sessionId: request.asking.sessionId, now: noon })
    return storage.passkeys.register(request)
  }
  const options = { storage: { ...storage, passkeys: { ...storage.passkeys, register } } }
  const application = await confirmedApplication(t, { options })
  const { credential } = await newPasskey(application)
  refused(t, await application.send('POST', '/passkeys', { credential }), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.strictSame(await storage.passkeys.list({ userId: application.user.id }), [])
  t.strictSame(application.events, [])
})

t.test('a session that lacks the second factor that was set up meanwhile adds no passkey', async t => {
  const application = await confirmedApplication(t, { options: { secondFactor: 'offered' } })
  const { app, send, inject } = application
  const { credential } = await newPasskey(application)
  const started = await send('POST', '/second-factor/totp')
  const payload = { code: totpCode(started.json().secret, noon) }
  const confirmed = await inject({ method: 'POST', url: '/auth/second-factor/totp/confirm', payload })
  refused(t, await send('POST', '/passkeys', { credential }), 400, invalid)
  const headers = bearer(confirmed.json().accessToken)
  const answer = await app.inject({ method: 'POST', url: '/auth/passkeys', payload: { credential }, headers })
  t.equal(answer.statusCode, 201)
})
