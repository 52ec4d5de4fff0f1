import t, { type Test } from 'tap'
import { passkeySupport } from '../../lib/client/index.js'
import { createSoftwareAuthenticator, totpCode } from '../../lib/testing/index.js'
import { ada, clientApp } from './fixtures/client-app.js'
import { give } from './fixtures/give.js'
import { origin, type PasskeyBrowserSettings, passkeyBrowser, passkeys } from './fixtures/passkey-browser.js'

const transports = ['cookie', 'token'] as const

/** An application with passkeys, its page in a browser, and Ada, who has just signed up. */
async function passkeyApp(t: Test, settings: PasskeyBrowserSettings = {}, transport: 'cookie' | 'token' = 'token') {
  const browser = passkeyBrowser(t, settings)
  const app = await clientApp(t, { options: { passkeys, usernames: true } })
  const first = await app.signedUp({ transport })
  app.requests.length = 0
  return { ...app, browser, first, another: () => app.client({ transport }) }
}

for (const transport of transports) {
  t.test(`${transport}: a user adds a passkey, and signs in with it`, async t => {
    const { first, another, browser, requests } = await passkeyApp(t, {}, transport)
    const { status, data } = await first.registerPasskey({ name: 'Work laptop' })
    t.equal(status, 201)
    t.hasStrict(data, { name: 'Work laptop', transports: ['internal', 'hybrid'] })
    const second = another()
    t.equal((await second.signInWithPasskey()).status, 200)
    t.hasStrict(second.session, { status: 'signed-in', user: { email: ada.email } })
    t.equal((await second.fetch('/hello')).status, 200)
    t.same(requests, [
      'POST /auth/passkeys/options',
      'POST /auth/passkeys',
      'POST /auth/sign-in/passkey/options',
      'POST /auth/sign-in/passkey',
      'GET /hello',
    ])
    t.same(browser.requests, ['create', 'get'])
  })

  t.test(
    `${transport}: a removed passkey is refused, and neither refreshes nor ends the session of another`,
    async t => {
      const { first, another, requests } = await passkeyApp(t, {}, transport)
      const { data } = await first.registerPasskey()
      t.equal((await first.deletePasskey({ id: data?.id ?? '' })).status, 204)
      const second = another()
      await second.signUp({ ...ada, email: 'bob@example.com' })
      const before = second.session
      requests.length = 0
      t.hasStrict(await second.signInWithPasskey(), { error: { code: 'FAST_AUTH_PASSKEY_INVALID', statusCode: 401 } })
      t.same(requests, ['POST /auth/sign-in/passkey/options', 'POST /auth/sign-in/passkey'])
      t.equal(second.session, before)
    },
  )
}

t.test('a passkey has a default name, and the list of transports if the browser knows it', async t => {
  const { first } = await passkeyApp(t, { hasTransports: false })
  t.hasStrict((await first.registerPasskey()).data, { name: 'Passkey', transports: [] })
})

t.test('a second passkey in the same authenticator is refused, and the user learns why', async t => {
  const { first, requests } = await passkeyApp(t)
  await first.registerPasskey()
  requests.length = 0
  const { error } = await first.registerPasskey()
  t.hasStrict(error, { code: 'FAST_AUTH_PASSKEY_ALREADY_REGISTERED', statusCode: 0 })
  t.match(error?.cause, { name: 'InvalidStateError' })
  t.same(requests, ['POST /auth/passkeys/options'])
})

t.test('a passkey completes a sign-in, and proves again who the user is', async t => {
  const browser = passkeyBrowser(t)
  const app = await clientApp(t, { options: { passkeys, secondFactor: 'offered' } })
  const first = await app.signedUp({ transport: 'token' })
  await first.registerPasskey()
  app.advance(600)
  t.hasStrict(await first.startTotp(), { error: { code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED' } })
  t.equal((await first.reauthenticate({ passkey: true })).status, 200)
  t.equal((await first.startTotp()).status, 201)
  t.same(browser.requests, ['create', 'get'])
})

t.test('a passkey is a second factor', async t => {
  const browser = passkeyBrowser(t)
  const app = await clientApp(t, { options: { passkeys, secondFactor: 'offered' } })
  const first = await app.signedUp({ transport: 'token' })
  await first.registerPasskey()
  const { data } = await first.startTotp()
  await first.confirmTotp({ code: totpCode(data?.secret ?? '', Date.UTC(2026, 0, 1, 12)) })
  const second = app.client({ transport: 'token' })
  t.hasStrict((await second.signIn(ada)).data, { methods: ['totp', 'recoveryCode', 'passkey'] })
  browser.reactions.push({ error: new DOMException('Cancelled', 'NotAllowedError') })
  t.hasStrict(await second.completeSignIn({ passkey: true }), { error: { code: 'PASSKEY_CANCELLED' } })
  t.hasStrict(await second.completeSignIn({ code: '000000' }), { error: { code: 'FAST_AUTH_SECOND_FACTOR_INVALID' } })
  t.equal((await second.completeSignIn({ passkey: true })).status, 200)
  t.equal(second.session.status, 'signed-in')
})

t.test('a program that asks the authenticator itself passes its response', async t => {
  const authenticator = createSoftwareAuthenticator()
  const app = await clientApp(t, { options: { passkeys } })
  const first = await app.signedUp({ transport: 'token' })
  const { data: creation } = await first.startPasskeyRegistration()
  if (creation === undefined) throw new Error('There are no options')
  const { type, ...created } = authenticator.create(creation, { origin })
  const credential = { id: created.id, rawId: created.rawId, type, response: created.response }
  const { data: added } = await first.registerPasskey({ credential, name: 'Phone' })
  t.hasStrict(added, { name: 'Phone', credentialId: credential.id })
  const second = app.client({ transport: 'token' })
  const { data: request } = await second.startPasskeySignIn()
  if (request === undefined) throw new Error('There are no options')
  const { id, rawId, response } = authenticator.get(request, { origin })
  t.equal((await second.signInWithPasskey({ credential: { id, rawId, type, response } })).status, 200)
  t.equal((await second.listPasskeys()).data?.items.length, 1)
  t.equal((await second.deletePasskey({ id: added?.id ?? '' })).status, 204)
})

t.test('a passkey without a user handle is refused', async t => {
  const { first, another, browser } = await passkeyApp(t)
  await first.registerPasskey()
  const bytes = new Uint8Array(37).buffer
  const response = { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: null }
  const { credentialId: id } = browser.authenticator.credentials[0] ?? {}
  browser.reactions.push({ result: { id, rawId: Buffer.from(String(id), 'base64url'), response } })
  t.hasStrict(await another().signInWithPasskey(), { error: { code: 'FAST_AUTH_PASSKEY_INVALID' } })
})

const refusals = [
  { reaction: { error: new DOMException('', 'NotAllowedError') }, code: 'PASSKEY_CANCELLED' },
  { reaction: { error: new DOMException('', 'AbortError') }, code: 'PASSKEY_CANCELLED' },
  { reaction: { result: null }, code: 'PASSKEY_CANCELLED' },
  { reaction: { error: new DOMException('', 'ConstraintError') }, code: 'PASSKEY_UNSUPPORTED' },
  { reaction: { error: new DOMException('', 'NotSupportedError') }, code: 'PASSKEY_UNSUPPORTED' },
  { reaction: { error: new DOMException('', 'SecurityError') }, code: 'PASSKEY_FAILURE' },
  { reaction: { error: 'a text' }, code: 'PASSKEY_FAILURE' },
  { reaction: { result: {} }, code: 'PASSKEY_FAILURE' },
] as const

for (const { reaction, code } of refusals) {
  t.test(
    `${JSON.stringify('error' in reaction ? String(reaction.error) : reaction)} of the browser is ${code}`,
    async t => {
      const { first, another, browser, requests } = await passkeyApp(t)
      browser.reactions.push(reaction, reaction)
      const [registered, signedIn] = [await first.registerPasskey(), await another().signInWithPasskey()]
      for (const { error } of [registered, signedIn]) t.hasStrict(error, { code, statusCode: 0 })
      t.same(requests, ['POST /auth/passkeys/options', 'POST /auth/sign-in/passkey/options'])
      t.equal((await first.registerPasskey()).status, 201, 'the next one succeeds')
    },
  )
}

t.test('a refusal of the server comes before the dialog of the browser', async t => {
  const { first, another, browser, advance } = await passkeyApp(t)
  advance(600)
  t.hasStrict(await first.registerPasskey(), { error: { code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED', statusCode: 403 } })
  t.hasStrict(await first.reauthenticate({ password: ada.password }), { status: 200 })
  t.equal((await first.registerPasskey()).status, 201)
  const offline = another()
  t.same(browser.requests, ['create'])
  t.hasStrict(await offline.signInWithPasskey(), { status: 200 })
})

t.test('without passkeys in the runtime, each function says so and sends nothing', async t => {
  const app = await clientApp(t, { options: { passkeys } })
  const client = await app.signedUp({ transport: 'token' })
  app.requests.length = 0
  const unsupported = { error: { code: 'PASSKEY_UNSUPPORTED', statusCode: 0 } }
  t.hasStrict(await client.registerPasskey(), unsupported)
  t.hasStrict(await client.signInWithPasskey(), unsupported)
  t.hasStrict(await client.signInWithPasskey({ autofill: true }), unsupported)
  t.hasStrict(await client.reauthenticate({ passkey: true }), unsupported)
  give(t, 'PublicKeyCredential', {})
  t.hasStrict(await client.signInWithPasskey(), unsupported, 'a page without HTTPS has no navigator.credentials')
  t.same(app.requests, [])
})

t.test('the page learns what the browser can do', async t => {
  t.same(await passkeySupport(), { hasPasskeys: false, hasAutofill: false })
  passkeyBrowser(t)
  t.same(await passkeySupport(), { hasPasskeys: true, hasAutofill: true })
  for (const platform of [
    {},
    { isConditionalMediationAvailable: async () => false },
    { isConditionalMediationAvailable: () => Promise.reject(new Error('not here')) },
  ]) {
    passkeyBrowser(t, { platform })
    t.same(await passkeySupport(), { hasPasskeys: true, hasAutofill: false })
  }
})
