import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { createSoftwareAuthenticator, signInUser, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer, signUpForCookies } from '../support/account.js'
import { browser } from '../support/browser.js'
import {
  confirmedApplication,
  newPasskey,
  origin,
  passkeyApplication,
  passkeys,
  usePasskey,
} from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

t.test('a session adds a passkey, and the user signs in with it', async t => {
  const hooked: unknown[] = []
  const afterPasskeyChange = ({ user, passkey, reason }: { user: { id: string }; passkey: object; reason: string }) =>
    void hooked.push([user.id, passkey, reason])
  const application = await confirmedApplication(t, { options: { hooks: { afterPasskeyChange } } })
  const { send, asked, events, user, session, mailbox, advance, post } = application
  const { authenticator, options, credential } = await newPasskey(application)
  asked()
  advance(60)
  const answer = await send('POST', '/passkeys', { credential, name: 'Phone' })
  t.equal(answer.statusCode, 201)
  t.hasStrict(answer.headers, answerHeaders)
  const { id, ...passkey } = answer.json()
  t.match(id, /^[0-9a-f-]{36}$/)
  t.strictSame(passkey, {
    name: 'Phone',
    createdAt: new Date(noon + 60_000).toISOString(),
    lastUsedAt: null,
    synced: true,
    transports: ['internal', 'hybrid'],
    credentialId: credential.id,
    userHandle: options.user.id,
  })
  t.strictSame(asked(), ['users.find', 'passkeys.register'])
  const about = { userId: user.id, sessionId: session.id, ip: '127.0.0.1' }
  t.hasStrict(events, [{ name: 'authn_passkey_change', reason: 'passkey_added', passkeyId: id, ...about }])
  t.equal(events.length, 1)
  t.strictSame(hooked, [[user.id, { id, name: 'Phone' }, 'passkey_added']])
  t.match((await mailbox.waitForMessage(ada.email)).subject, /^A passkey was added/)
  const used = await usePasskey(application, authenticator)
  t.equal((await post('/sign-in/passkey', { credential: used })).statusCode, 200)
})

t.test('the storage gets what the authenticator says, and no attestation', async t => {
  const storage = memoryStorage()
  const application = await confirmedApplication(t, { options: { storage } })
  const options = (await application.send('POST', '/passkeys/options')).json()
  const authenticator = createSoftwareAuthenticator({ isSynced: false, transports: ['usb'] })
  const credential = authenticator.create(options, { origin, overrides: { counter: 7 } })
  const { id, synced } = (await application.send('POST', '/passkeys', { credential })).json()
  t.equal(synced, false)
  const stored = await storage.passkeys.findByCredentialId({ credentialId: credential.id })
  t.match(stored, {
    id,
    userId: application.user.id,
    publicKey: /^[\w-]{80,}$/,
    userHandle: options.user.id,
    counter: 7,
    backedUp: false,
    transports: ['usb'],
  })
})

t.test('a passkey whose browser names no transports has none', async t => {
  const application = await confirmedApplication(t)
  const { credential } = await newPasskey(application)
  const { transports: _, ...response } = credential.response
  const answer = await application.send('POST', '/passkeys', { credential: { ...credential, response } })
  t.strictSame([answer.statusCode, answer.json().transports], [201, []])
})

t.test('members that browsers may add are ignored', async t => {
  const application = await confirmedApplication(t)
  const { credential } = await newPasskey(application)
  const response = { ...credential.response, publicKeyAlgorithm: -7, publicKey: 'x', authenticatorData: 5, future: {} }
  const sent = { ...credential, response, authenticatorAttachment: null, future: [] }
  t.equal((await application.send('POST', '/passkeys', { credential: sent })).statusCode, 201)
})

t.test('a name has no blanks around it, and at most 100 characters', async t => {
  const application = await confirmedApplication(t)
  const add = async (name?: string) => {
    const { credential } = await newPasskey(application)
    return application.send('POST', '/passkeys', { credential, ...(name === undefined ? {} : { name }) })
  }
  for (const [name, stored] of [
    [undefined, 'Passkey'],
    ['  Work laptop\t', 'Work laptop'],
    ['🔑'.repeat(100), '🔑'.repeat(100)],
    [` ${'x'.repeat(100)} `, 'x'.repeat(100)],
  ] as const)
    t.equal((await add(name)).json().name, stored)
  for (const name of ['', '   ', 'x'.repeat(101), '🔑'.repeat(101), 'x'.repeat(201)]) {
    const answer = await add(name)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, 'name')
  }
  t.equal((await application.send('GET', '/passkeys')).json().items.length, 4)
})

t.test('a passkey that is registered already is not added again, for the same user or another', async t => {
  const storage = memoryStorage()
  const { passkey, send, user } = await passkeyApplication(t, { options: { storage } })
  const register: typeof storage.passkeys.register = request =>
    storage.passkeys.register({
      ...request,
      passkey: { ...request.passkey, credentialId: passkey.credentialId },
    })
  const colliding = { ...storage, passkeys: { ...storage.passkeys, register } }
  const second = await testApplication(t, { options: { storage: colliding, passkeys } })
  const again = await signInUser(second.app, ada)
  const ben = await signUpUser(second.app, { ...ada, email: 'ben@example.com' })
  for (const { inject } of [again, ben]) {
    const { credential } = await newPasskey({ send: (method, path) => inject({ method, url: `/auth${path}` }) })
    const answer = await inject({ method: 'POST', url: '/auth/passkeys', payload: { credential } })
    refused(t, answer, 409, 'FAST_AUTH_PASSKEY_ALREADY_REGISTERED')
  }
  t.strictSame(
    (await storage.passkeys.list({ userId: user.id })).map(({ id }) => id),
    [passkey.id],
  )
  t.equal((await send('GET', '/passkeys')).statusCode, 200)
})

t.test('of concurrent additions, no more than the maximum succeed', async t => {
  const application = await confirmedApplication(t, { options: { passkeys: { ...passkeys, maximumPerUser: 2 } } })
  const { send } = application
  const made = await Promise.all(Array.from({ length: 5 }, () => newPasskey(application)))
  const answers = await Promise.all(made.map(({ credential }) => send('POST', '/passkeys', { credential })))
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [201, 201, 409, 409, 409])
  for (const answer of answers.filter(({ statusCode }) => statusCode === 409))
    refused(t, answer, 409, 'FAST_AUTH_PASSKEY_LIMIT_REACHED')
})

t.test('an address that is unconfirmed by now adds no passkey', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, { options: { storage, passkeys } })
  const { inject, accessToken } = await signUpUser(app, ada)
  const { credential } = await newPasskey({ send: (method, path) => inject({ method, url: `/auth${path}` }) })
  const withMail = await testApplication(t, { mail: true, options: { storage, passkeys, issuer: 'fast-auth' } })
  const answer = await withMail.post('/passkeys', { credential }, bearer(accessToken))
  refused(t, answer, 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
})

t.test('neither a visitor, nor an API key, nor a page of another site adds a passkey', async t => {
  const { app, owner } = await testApplication(t, { keys: true, options: { passkeys } })
  const { key } = await owner.make()
  const ben = await signUpUser(app, { ...ada, email: 'ben@example.com' })
  const { credential } = await newPasskey({ send: (method, path) => ben.inject({ method, url: `/auth${path}` }) })
  const request = { method: 'POST', url: '/auth/passkeys', payload: { credential } } as const
  refused(t, await app.inject(request), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await app.inject({ ...request, headers: bearer(key) }), 403, 'FAST_AUTH_SESSION_REQUIRED')
  const cookie = await signUpForCookies(app, { ...ada, email: 'eve@example.com' })
  const foreign = await app.inject({ ...request, headers: { cookie, 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a browser adds a passkey with its cookies', async t => {
  const { app } = await testApplication(t, { options: { passkeys } })
  const ben = browser(app)
  await ben.send({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const send = ben.send
  const { credential } = await newPasskey({ send: (method, path) => send({ method, url: `/auth${path}` }) })
  const answer = await send({ method: 'POST', url: '/auth/passkeys', payload: { credential } })
  t.equal(answer.statusCode, 201)
})

t.test('without a sender, there is no message', async t => {
  const storage = memoryStorage()
  const { inject, events } = await testApplication(t, { signedIn: true, options: { passkeys, storage } })
  const { credential } = await newPasskey({ send: (method, path) => inject({ method, url: `/auth${path}` }) })
  t.equal((await inject({ method: 'POST', url: '/auth/passkeys', payload: { credential } })).statusCode, 201)
  t.equal(events.length, 1)
})

for (const [title, change, field] of [
  ['without a credential', () => ({}), 'credential'],
  ['with another type of credential', (credential: object) => ({ credential: { ...credential, type: 'x' } }), 'type'],
  ['with an id that is not base64url', (credential: object) => ({ credential: { ...credential, id: 'a+b' } }), 'id'],
  ['without a response', (credential: object) => ({ credential: { ...credential, response: null } }), 'response'],
  ['with another field', (credential: object) => ({ credential, password: 'x' }), 'password'],
  ['with a number as its name', (credential: object) => ({ credential, name: 5 }), 'name'],
] as const) {
  t.test(`a body ${title} is refused, and the answer names the field`, async t => {
    const application = await confirmedApplication(t)
    const { credential } = await newPasskey(application)
    application.asked()
    const answer = await application.send('POST', '/passkeys', change(credential))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, field)
    t.strictSame(application.asked(), [])
  })
}
