import t from 'tap'
import { ada, bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { browser } from '../support/browser.js'
import { codeApplication, codeOf, invalid, otherThan } from '../support/code-application.js'
import { claimsOf } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a code signs the owner of the address in, once`, async t => {
    const { storage } = await open(t)
    const signedIn: unknown[] = []
    const hooks = { afterSignIn: ({ sessionId }: { sessionId: string }) => void signedIn.push(sessionId) }
    const application = await codeApplication(t, { options: { storage, migrate: true, hooks } })
    const { app, request, use, asked, events, user, advance } = application
    advance(60)
    const requested = await request()
    asked()
    events.length = 0
    const answer = await use(requested)
    t.equal(answer.statusCode, 200)
    t.hasStrict(answer.headers, answerHeaders)
    t.equal(answer.headers['set-cookie'], undefined)
    const lastSignInAt = new Date(noon + 60_000).toISOString()
    t.hasStrict(answer.json(), { user: { id: user.id, email: ada.email, lastSignInAt }, tokenType: 'Bearer' })
    const { accessToken, session } = answer.json()
    t.hasStrict(claimsOf(accessToken), { amr: ['otp'], auth_time: noon / 1000 + 60 })
    t.strictSame(asked(), ['signInCodes.tryCode', 'sessions.open'])
    t.hasStrict(events, [{ name: 'authn_login_success', userId: user.id, sessionId: session.id, ip: '127.0.0.1' }])
    t.equal(events.length, 1)
    t.strictSame(signedIn, [session.id])
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
    refused(t, await use(requested), 401, invalid)
    t.equal(signedIn.length, 1)
  })

  t.test(`in ${name} a wrong code is refused with an event, and the right one works after four of them`, async t => {
    const { storage } = await open(t)
    const { request, use, events, asked } = await codeApplication(t, { options: { storage, migrate: true } })
    const requested = await request()
    const wrong = { ...requested, code: otherThan(requested.code) }
    events.length = 0
    asked()
    for (let count = 0; count < 4; count += 1) refused(t, await use(wrong), 401, invalid)
    t.strictSame(asked(), Array(4).fill('signInCodes.tryCode'))
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_code', userId: null, sessionId: null }])
    t.equal(events.length, 4)
    t.equal((await use(requested)).statusCode, 200)
  })

  t.test(`in ${name} the fifth wrong code makes the right one invalid`, async t => {
    const { storage } = await open(t)
    const { request, use } = await codeApplication(t, { options: { storage, migrate: true } })
    const requested = await request()
    const wrong = { ...requested, code: otherThan(requested.code) }
    for (let count = 0; count < 5; count += 1) refused(t, await use(wrong), 401, invalid)
    refused(t, await use(requested), 401, invalid)
    t.equal((await use(await request())).statusCode, 200, 'a new one works')
  })

  t.test(`in ${name} a code expires after ten minutes`, async t => {
    const { storage } = await open(t)
    const { request, use, advance, asked, events } = await codeApplication(t, { options: { storage, migrate: true } })
    const requested = await request()
    advance(600)
    asked()
    events.length = 0
    refused(t, await use(requested), 401, invalid)
    t.strictSame(asked(), [])
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_code', userId: null }])
    advance(-0.001)
    t.equal((await use(requested)).statusCode, 200)
  })

  t.test(`in ${name} the newest code of an address wins`, async t => {
    const { storage } = await open(t)
    const { request, use } = await codeApplication(t, { options: { storage, migrate: true } })
    const [older, newer] = [await request(), await request()]
    refused(t, await use(older), 401, invalid)
    refused(t, await use({ ...newer, code: older.code }), 401, invalid)
    t.equal((await use(newer)).statusCode, 200)
  })
}

t.test('a browser gets cookies, is a known device from then on, and loses the cookie of the request', async t => {
  const { app, codeMessage } = await codeApplication(t, { options: { limits: {} } })
  const own = browser(app)
  const post = (path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })
  await post('/sign-in/email', { email: ada.email })
  const answer = await post('/sign-in/email/confirm', { code: codeOf(await codeMessage(ada.email)) })
  t.equal(answer.statusCode, 200)
  t.notOk('accessToken' in answer.json())
  const names = (await own.cookies('/auth/refresh')).map(({ key }) => key).toSorted()
  t.strictSame(names, ['__Host-access_token', '__Secure-known_device', '__Secure-refresh_token'])
  t.equal((await own.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('the token of the link is the same code', async t => {
  const { request, confirm } = await codeApplication(t)
  const { token, body } = await request()
  t.equal((await confirm({ token, ...body })).statusCode, 200)
  const inBrowser = await request(ada.email, 'cookie')
  t.equal((await confirm({ token: inBrowser.token }, inBrowser.headers)).statusCode, 200)
})

const forms: Readonly<Record<string, (code: string) => string>> = {
  'in lower case': code => code.toLowerCase(),
  'without the hyphen': code => code.replace('-', ''),
  'with spaces around and in it': code => `  ${[...code].join(' ')}\t`,
  'with other hyphens': code => `-${code}--`,
}
for (const [title, form] of Object.entries(forms)) {
  t.test(`a code may be typed ${title}`, async t => {
    const { request, use } = await codeApplication(t)
    const requested = await request()
    t.equal((await use({ ...requested, code: form(requested.code) })).statusCode, 200)
  })
}

t.test('a code may be typed with the letters that look like its digits', async t => {
  const { request, use } = await codeApplication(t)
  for (const [zero, one] of [
    ['O', 'I'],
    ['o', 'l'],
  ] as const) {
    let requested = await request()
    while (!/[01]/.test(requested.code)) requested = await request()
    const code = requested.code.replaceAll('0', zero).replaceAll('1', one)
    t.not(code, requested.code)
    t.equal((await use({ ...requested, code })).statusCode, 200)
  }
})

for (const [title, code] of [
  ['a letter that no code has', '7777-777U'],
  ['nine characters', '7777-7777-7'],
  ['seven characters', '7777-777-'],
  ['letters of another alphabet', '７７７７７７７７'],
  ['white space only', ' '.repeat(8)],
] as const) {
  t.test(`a text with ${title} is a wrong code, and costs no storage call and no try`, async t => {
    const { request, use, asked, events } = await codeApplication(t)
    const requested = await request()
    asked()
    events.length = 0
    for (let count = 0; count < 6; count += 1) refused(t, await use({ ...requested, code }), 401, invalid)
    t.strictSame(asked(), [])
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_code' }])
    t.equal((await use(requested)).statusCode, 200)
  })
}

for (const [title, change, names] of [
  [
    'both a code and a token',
    ({ code, token }: { code: string; token: string }) => ({ code, token }),
    ['code', 'token'],
  ],
  ['neither a code nor a token', () => ({}), ['code', 'token']],
  ['a short code', () => ({ code: '1234567' }), ['code']],
  ['a long code', () => ({ code: '7'.repeat(33) }), ['code']],
  ['a number as the code', () => ({ code: 12_345_678 }), ['code']],
  ['null as the token', () => ({ token: null }), ['token']],
  ['a list of codes', ({ code }: { code: string }) => ({ code: [code] }), ['code']],
  ['an address', ({ code }: { code: string }) => ({ code, email: ada.email }), ['email']],
  ['a transport', ({ code }: { code: string }) => ({ code, transport: 'cookie' }), ['transport']],
] as const) {
  t.test(`a body with ${title} is refused, and the answer names what is wrong`, async t => {
    const { request, confirm, use, asked, events } = await codeApplication(t)
    const requested = await request()
    asked()
    events.length = 0
    const answer = await confirm({ ...change(requested), ...requested.body })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    for (const name of names) t.match(answer.json().message, name)
    t.strictSame([asked(), events], [[], []])
    t.equal((await use(requested)).statusCode, 200, 'the code is worth what it was')
  })
}

t.test('a code of a deleted user, and of an address that the user has left, signs no user in', async t => {
  const { app, request, use, user, codeSession, tokenTo, post } = await codeApplication(t)
  const { send } = await codeSession()
  const requested = await request()
  const email = 'new@example.com'
  await send('POST', '/email/change', { email })
  await post('/email/change/confirm', { token: await tokenTo(email, 'changeEmail'), password: ada.password })
  refused(t, await use(requested), 401, invalid)
  const ofNewAddress = await request(email)
  await app.fastAuth.deleteUser(user.id)
  refused(t, await use(ofNewAddress), 401, invalid)
})

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`a code opens a session in the token mode ${tokenMode}`, async t => {
    const { app, request, use } = await codeApplication(t, { options: { tokenMode } })
    const answer = await use(await request())
    t.strictSame([answer.statusCode, 'refreshToken' in answer.json()], [200, false])
    const headers = bearer(answer.json().accessToken)
    t.equal((await app.inject({ url: '/auth/me', headers })).statusCode, 200)
  })
}
