import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { browser } from '../support/browser.js'
import { codeApplication, codeOf, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'

const inTenMinutes = new Date(noon + 600_000).toISOString()

t.test('a client that takes tokens gets one for its request, and no cookie', async t => {
  const { ask } = await codeApplication(t)
  const answer = await ask(ada.email, 'token')
  t.equal(answer.statusCode, 202)
  t.hasStrict(answer.headers, answerHeaders)
  t.equal(answer.headers['set-cookie'], undefined)
  const { signInToken, ...body } = answer.json()
  t.strictSame(body, { status: 'accepted', expiresAt: inTenMinutes })
  t.match(signInToken, /^[\w-]{50,512}$/)
})

t.test('a browser gets the token in a cookie that only the routes of the plugin see', async t => {
  const { ask } = await codeApplication(t)
  const answer = await ask()
  t.strictSame(answer.json(), { status: 'accepted', expiresAt: inTenMinutes })
  t.hasStrict(answer.cookies, [
    { name: '__Host-sign_in', path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 600 },
  ])
  t.equal(answer.cookies.length, 1)
})

t.test('the transport is that of the application, if the body has none', async t => {
  const { ask } = await codeApplication(t, { options: { transport: 'token' } })
  t.ok((await ask()).json().signInToken)
  const withCookies = await ask(ada.email, 'cookie')
  t.notOk('signInToken' in withCookies.json())
  t.equal(withCookies.cookies.length, 1)
})

t.test('the message has the code, a link with the same code, and both forms of its text', async t => {
  const { ask, codeMessage } = await codeApplication(t)
  await ask()
  const message = await codeMessage(ada.email)
  const code = codeOf(message)
  t.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  t.equal(message.subject, `${code} is your sign-in code for app.example.com`)
  const canonical = code.replace('-', '').toLowerCase()
  t.strictSame(linksIn(message), [`${publicUrl}/auth/sign-in/email#token=${canonical}`])
  t.ok(message.html.includes(code))
  t.ok(message.html.includes(`#token=${canonical}"`))
})

t.test('each request has a code and a token of its own', async t => {
  const { request } = await codeApplication(t)
  const [one, two] = [await request(), await request()]
  t.not(one.code, two.code)
  t.not(one.body.signInToken, two.body.signInToken)
})

t.test('a request is one lookup and one step, and leaves an event', async t => {
  const { ask, asked, events, user } = await codeApplication(t)
  await ask()
  t.strictSame(asked(), ['users.findByEmail', 'signInCodes.issue'])
  t.hasStrict(events, [
    { name: 'link_requested', reason: 'sign_in', userId: user.id, sessionId: null, ip: '127.0.0.1' },
  ])
  t.equal(events.length, 1)
})

t.test('an address without an account gets no message unless a code may create one', async t => {
  const { ask, asked, events, everythingTo } = await codeApplication(t)
  t.equal((await ask(stranger)).statusCode, 202)
  t.strictSame(asked(), ['users.findByEmail', 'signInCodes.issue'])
  t.hasStrict(events, [{ name: 'link_requested', reason: 'sign_in', userId: null }])
  t.strictSame(await everythingTo(stranger), [])
})

t.test('a disabled user gets no message, whether or not a code may create users', async t => {
  for (const signUp of [false, true]) {
    const { app, ask, user, events, everythingTo } = await codeApplication(t, { options: { emailSignIn: { signUp } } })
    await app.fastAuth.disableUser(user.id)
    events.length = 0
    t.equal((await ask()).statusCode, 202)
    t.hasStrict(events, [{ name: 'link_requested', userId: null }])
    t.strictSame(await everythingTo(ada.email), [])
  }
})

t.test('the address may be written in any case', async t => {
  const { ask, codeMessage, confirm } = await codeApplication(t)
  const { signInToken } = (await ask('ADA@Example.COM', 'token')).json()
  const code = codeOf(await codeMessage(ada.email))
  t.equal((await confirm({ code, signInToken })).json().user.email, ada.email)
})

for (const [title, body, field] of [
  ['no address', {}, 'email'],
  ['a list of addresses', { email: [ada.email, stranger] }, 'email'],
  ['two addresses in one text', { email: `${ada.email},${stranger}` }, 'email'],
  ['an address with a line break', { email: `${ada.email}\r\nBcc: ${stranger}` }, 'email'],
  ['no text as the address', { email: null }, 'email'],
  ['an unknown transport', { email: ada.email, transport: 'mail' }, 'transport'],
  ['another field', { email: ada.email, redirectTo: 'https://evil.example' }, 'redirectTo'],
] as const) {
  t.test(`a body with ${title} is refused, and the answer names the field`, async t => {
    const { post, asked, mailbox } = await codeApplication(t)
    const answer = await post('/sign-in/email', body)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.body, field)
    t.strictSame(asked(), [])
    t.equal(mailbox.messages.length, 0)
  })
}

t.test('a page of another site makes no browser request a code', async t => {
  const { post, asked } = await codeApplication(t)
  const headers = { 'sec-fetch-site': 'cross-site' }
  refused(t, await post('/sign-in/email', { email: ada.email }, headers), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const withCookie = { ...headers, cookie: '__Host-sign_in=x' }
  const body = { email: ada.email, transport: 'token' }
  refused(t, await post('/sign-in/email', body, withCookie), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(asked(), [])
  t.equal((await post('/sign-in/email', body, headers)).statusCode, 202, 'an app of another site has no cookies')
})

t.test('a browser keeps the cookie of its last request', async t => {
  const { app, codeMessage } = await codeApplication(t)
  const own = browser(app)
  const post = (path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })
  const codes: string[] = []
  for (let count = 0; count < 2; count += 1) {
    await post('/sign-in/email', { email: ada.email })
    codes.push(codeOf(await codeMessage(ada.email)))
  }
  t.equal((await own.cookies('/auth/sign-in/email/confirm')).length, 1)
  t.equal((await post('/sign-in/email/confirm', { code: codes[0] })).statusCode, 401)
  t.equal((await post('/sign-in/email/confirm', { code: codes[1] })).statusCode, 200)
})
