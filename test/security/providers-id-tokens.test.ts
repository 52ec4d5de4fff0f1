import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer } from '../support/account.js'
import { adaThere, ben, invalidAnswer, providerApplication } from '../support/provider-application.js'
import { hs256 } from '../support/providers/signing-key.js'
import { refused } from '../support/refusal.js'

const nonce = 'nonce-of-the-app'
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Other texts that decoders read as the same token, or whose signature is right too. */
const spellings: Readonly<Record<string, (signature: string) => string>> = {
  'the same text': signature => signature,
  'unused bits in its last character': signature => {
    const last = alphabet.indexOf(signature.slice(-1))
    return `${signature.slice(0, -1)}${alphabet[last ^ 1]}`
  },
  padding: signature => `${signature}==`,
  'the other root of the curve': signature => {
    const bytes = Buffer.from(signature, 'base64url')
    const s = orderOfP256 - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
    return Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]).toString(
      'base64url',
    )
  },
}

for (const [spelling, change] of Object.entries(spellings)) {
  t.test(`an ID token is accepted once, also with ${spelling} of its signature`, async t => {
    const { post, provider } = await providerApplication(t)
    const idToken = provider.idToken(ben, nonce)
    const send = (text: string) => post('/sign-in/acme/token', { idToken: text, nonce, transport: 'token' })
    t.equal((await send(idToken)).statusCode, 201)
    const [header, payload, signature = ''] = idToken.split('.')
    refused(t, await send(`${header}.${payload}.${change(signature)}`), 401, invalidAnswer)
  })
}

t.test('of many concurrent requests with one ID token, one signs in', async t => {
  const { post, provider } = await providerApplication(t)
  const idToken = provider.idToken(ben, nonce)
  const send = () => post('/sign-in/acme/token', { idToken, nonce, transport: 'token' })
  const answers = await Promise.all(Array.from({ length: 8 }, send))
  t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [201, ...Array(7).fill(401)])
})

t.test('an ID token that lives for months is accepted once, also after the used one is forgotten', async t => {
  const storage = memoryStorage()
  const { post, provider, now, advance } = await providerApplication(t, { options: { storage } })
  const exp = Math.floor(now() / 1000) + 90 * 86_400
  const idToken = provider.idToken({ ...ben, exp }, nonce)
  const send = () => post('/sign-in/acme/token', { idToken, nonce, transport: 'token' })
  t.equal((await send()).statusCode, 201)
  for (const days of [1, 2, 30]) {
    advance(days * 86_400)
    await storage.purge({ now: now(), revokedBefore: now(), eventsBefore: now(), limit: 100 })
    refused(t, await send(), 401, invalidAnswer)
  }
})

t.test('an ID token that another attempt has spent is refused, and the user is not signed in', async t => {
  const { browser, provider, post } = await providerApplication(t)
  const theirs = browser()
  const idToken = provider.idToken(ben, nonce)
  await post('/sign-in/acme/token', { idToken, nonce, transport: 'token' })
  refused(t, await theirs.post('/sign-in/acme/token', { idToken, nonce, transport: 'cookie' }), 401, invalidAnswer)
  t.equal(await theirs.user(), null)
})

t.test('an ID token with the nonce of another user is refused, and with none too', async t => {
  const { post, provider, asked } = await providerApplication(t)
  const idToken = provider.idToken(ben, 'nonce-of-the-victim')
  const withoutNonce = provider.idToken({ ...ben, nonce: undefined }, nonce)
  asked()
  for (const [token, sent] of [
    [idToken, nonce],
    [idToken, 'undefined'],
    [withoutNonce, nonce],
    [withoutNonce, 'undefined'],
  ])
    refused(t, await post('/sign-in/acme/token', { idToken: token, nonce: sent }), 401, invalidAnswer)
  t.strictSame(asked(), [])
})

t.test('an ID token that is for another application is refused, whichever client asked for it', async t => {
  const { post, provider, asked } = await providerApplication(t)
  asked()
  for (const claims of [
    { aud: 'another-app' },
    { aud: ['another-app', 'third-app'] },
    { azp: 'another-app' },
    { aud: undefined },
    { aud: '' },
    { aud: [] },
  ]) {
    const idToken = provider.idToken({ ...ben, ...claims }, nonce)
    refused(t, await post('/sign-in/acme/token', { idToken, nonce }), 401, invalidAnswer)
  }
  t.strictSame(asked(), [])
})

t.test('an ID token of another issuer is refused, also if the attacker owns a key of the provider’s name', async t => {
  const { post, provider, others } = await providerApplication(t, { others: [{ name: 'mallory' }] })
  const [mallory] = others
  if (mallory === undefined) throw new Error('There is no other provider')
  for (const idToken of [
    mallory.idToken(adaThere, nonce),
    mallory.idToken({ ...adaThere, iss: provider.issuer }, nonce),
    provider.idToken({ ...adaThere, iss: mallory.issuer }, nonce),
  ])
    refused(t, await post('/sign-in/acme/token', { idToken, nonce }), 401, invalidAnswer)
})

t.test('an ID token without a signature of the provider is refused', async t => {
  const { post, provider, asked } = await providerApplication(t)
  const [header = '', payload = '', signature = ''] = provider.idToken(adaThere, nonce).split('.')
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'ben-there' })).toString('base64url')
  asked()
  for (const idToken of [
    `${unsigned}.${payload}.`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    `${header}.${forged}.${signature}`,
    hs256(claims, JSON.stringify(provider.key.jwk)),
    'x',
    '..',
    'eyJ'.repeat(2700),
  ])
    refused(t, await post('/sign-in/acme/token', { idToken, nonce }), 401, invalidAnswer)
  t.strictSame(asked(), [])
})

t.test('an access token of the application is no ID token, and an ID token is no access token', async t => {
  const { app, post, provider, ada: adaIn } = await providerApplication(t)
  await adaIn()
  const { accessToken } = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  refused(t, await post('/sign-in/acme/token', { idToken: accessToken, nonce }), 401, invalidAnswer)
  const idToken = provider.idToken(adaThere, nonce)
  const me = await app.inject({ url: '/auth/me', headers: bearer(idToken) })
  refused(t, me, 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
})

t.test('a page of another site cannot sign the browser in with an ID token of its own', async t => {
  const { post, provider, asked } = await providerApplication(t)
  const idToken = provider.idToken(ben, nonce)
  asked()
  const headers = { 'sec-fetch-site': 'cross-site' }
  refused(t, await post('/sign-in/acme/token', { idToken, nonce }, headers), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(asked(), [])
})
