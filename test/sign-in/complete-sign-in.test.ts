import t from 'tap'
import { SignInRefusedError } from '../../lib/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { browser } from '../support/browser.js'
import { protectedApplication, wrongCode } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'

const first = (payload: object) => ({ method: 'POST', url: '/auth/sign-in', payload }) as const
const second = (payload: object) => ({ method: 'POST', url: '/auth/sign-in/second-factor', payload }) as const

t.test('a right password is answered with what is missing, and with transport token only in the body', async t => {
  const { begin, asked, events, user, now } = await protectedApplication(t)
  const answer = await begin()
  t.equal(answer.statusCode, 202)
  t.matchOnly(answer.json(), {
    status: 'second_factor_required',
    methods: ['totp', 'recoveryCode'],
    expiresAt: new Date(now() + 600_000).toISOString(),
    signInToken: /^[\w-]{50,512}$/,
  })
  t.equal(answer.headers['set-cookie'], undefined)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['users.findByEmail', 'secondFactors.find'])
  t.hasStrict(events, [{ name: 'authn_second_factor_due', userId: user.id, sessionId: null, ip: '127.0.0.1' }])
  t.equal(events.length, 1)
})

t.test('a code of the app completes a sign-in, and its token has the methods', async t => {
  const { begin, complete, code, events, user, now } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  events.length = 0
  const answer = await complete({ signInToken, code: code() })
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['set-cookie'], undefined)
  t.hasStrict(answer.json(), {
    user: { id: user.id, lastSignInAt: new Date(now()).toISOString() },
    tokenType: 'Bearer',
  })
  const claims = JSON.parse(Buffer.from(answer.json().accessToken.split('.')[1], 'base64url').toString())
  t.hasStrict(claims, { amr: ['pwd', 'otp', 'mfa'], auth_time: now() / 1000 })
  t.hasStrict(events, [{ name: 'authn_login_success', userId: user.id, sessionId: answer.json().session.id }])
  t.equal(events.length, 1)
})

t.test('a code that an app shows with a space is accepted', async t => {
  const { signIn, code } = await protectedApplication(t)
  const shown = code()
  t.equal((await signIn({ code: `${shown.slice(0, 3)} ${shown.slice(3)}` })).statusCode, 200)
})

t.test('a recovery code completes a sign-in, is reported, and counts down', async t => {
  const { app, signIn, recoveryCodes, events, user } = await protectedApplication(t)
  const answer = await signIn({ recoveryCode: recoveryCodes[0].toUpperCase().replaceAll('-', ' ') })
  t.equal(answer.statusCode, 200)
  const { accessToken, session } = answer.json()
  const about = { userId: user.id, sessionId: session.id }
  t.hasStrict(events.slice(1), [
    { name: 'authn_login_success', ...about },
    { name: 'authn_recovery_code_used', ...about },
  ])
  const headers = { authorization: `Bearer ${accessToken}` }
  t.equal((await app.inject({ url: '/auth/second-factor', headers })).json().recoveryCodesLeft, 9)
})

t.test('when the last recovery code is used up, only the app is offered', async t => {
  const { begin, signIn, recoveryCodes } = await protectedApplication(t)
  for (const recoveryCode of recoveryCodes) t.equal((await signIn({ recoveryCode })).statusCode, 200)
  t.strictSame((await begin()).json().methods, ['totp'])
})

t.test('a browser completes its sign-in with a cookie, which then is gone', async t => {
  const { app, code } = await protectedApplication(t)
  const ben = browser(app)
  const waiting = await ben.send(first(ada))
  t.equal(waiting.statusCode, 202)
  t.notOk('signInToken' in waiting.json(), 'no script can read it')
  const named = async () => (await ben.cookies('/auth/sign-in/second-factor')).map(({ key }) => key)
  t.strictSame(await named(), ['__Host-sign_in'])
  const [cookie] = await ben.cookies('/auth')
  t.match(cookie, { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 600 })
  const answer = await ben.send(second({ code: code() }))
  t.equal(answer.statusCode, 200)
  t.notOk('accessToken' in answer.json())
  t.notOk((await named()).includes('__Host-sign_in'))
  t.equal((await ben.send({ url: '/auth/me' })).statusCode, 200)
})

t.test('a browser is known only after the second factor', async t => {
  const { app, code } = await protectedApplication(t, { options: { limits: {} } })
  const ben = browser(app)
  const names = ({ cookies }: { cookies: readonly { name: string }[] }) => cookies.map(({ name }) => name)
  t.strictSame(names(await ben.send(first(ada))), ['__Host-sign_in'])
  const answer = await ben.send(second({ code: code() }))
  t.ok(names(answer).includes('__Secure-known_device'), names(answer).join())
})

t.test('of several sign-in cookies the newest counts', async t => {
  const { begin, complete, advance, code } = await protectedApplication(t)
  const older = (await begin('cookie')).cookies[0]?.value
  advance(30)
  const newer = (await begin('cookie')).cookies[0]?.value
  advance(590)
  const cookie = `__Host-sign_in=${older}; __Host-sign_in=x; __Host-sign_in=${newer}`
  t.equal((await complete({ code: code() }, { cookie })).statusCode, 200)
})

t.test('a sign-in waits ten minutes for its second factor', async t => {
  const { begin, complete, advance, code } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  advance(600)
  refused(t, await complete({ signInToken, code: code() }), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  advance(-1)
  t.equal((await complete({ signInToken, code: code() })).statusCode, 200)
})

t.test('a client without a sign-in is refused before anything is read', async t => {
  const { complete, code, asked } = await protectedApplication(t)
  const bodies = [{ code: code() }, { code: code(), signInToken: 'x' }, { recoveryCode: 'x', signInToken: 'AQ' }]
  for (const body of bodies) refused(t, await complete(body), 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  t.strictSame(asked(), [])
})

t.test('wrong, used and impossible second factors get one answer', async t => {
  const { complete, begin, secret, code, recoveryCodes, signIn, now, events, user } = await protectedApplication(t)
  await signIn({ recoveryCode: recoveryCodes[0] })
  const used = code()
  await signIn({ code: used })
  const { signInToken } = (await begin()).json()
  events.length = 0
  const wrong = [
    { code: wrongCode(secret, now()) },
    { code: used },
    { recoveryCode: recoveryCodes[0] },
    { recoveryCode: '0'.repeat(24) },
    { recoveryCode: 'not a code' },
  ]
  const bodies = new Set<string>()
  for (const fields of wrong) {
    const answer = await complete({ signInToken, ...fields })
    refused(t, answer, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
    bodies.add(answer.body)
  }
  t.equal(bodies.size, 1)
  const failed = { name: 'authn_login_fail', reason: 'wrong_second_factor', userId: user.id, sessionId: null }
  t.hasStrict(events, Array(wrong.length).fill(failed))
  t.equal(events.length, wrong.length)
})

for (const [title, body, field] of [
  ['neither factor', {}, null],
  ['both factors', { code: '123456', recoveryCode: 'x' }, null],
  ['letters', { code: '12345a' }, 'code'],
  ['seven digits', { code: '1234567' }, 'code'],
  ['an empty recovery code', { recoveryCode: '' }, 'recoveryCode'],
  ['an empty token', { code: '123456', signInToken: '' }, 'signInToken'],
  ['a field that it does not have', { code: '123456', password: 'x' }, 'password'],
] as const) {
  t.test(`a body with ${title} is refused, and the answer says where`, async t => {
    const { complete, asked } = await protectedApplication(t)
    const answer = await complete(body)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    if (field === null) t.match(answer.json().message, /exactly one second factor/)
    else t.match(JSON.stringify(answer.json()), field)
    t.strictSame(asked(), [])
  })
}

t.test('a page of another site cannot complete a sign-in', async t => {
  const { begin, complete, code, asked } = await protectedApplication(t)
  const { signInToken } = (await begin()).json()
  const cookie = `__Host-sign_in=${(await begin('cookie')).cookies[0]?.value}`
  asked()
  const foreign = { 'sec-fetch-site': 'cross-site', cookie }
  refused(t, await complete({ code: code() }, foreign), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  refused(t, await complete({ code: code(), signInToken }, foreign), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(asked(), [])
})

t.test('the application is asked after the last factor, and may refuse', async t => {
  const asked: number[] = []
  const beforeSignIn = () => {
    asked.push(1)
    throw new SignInRefusedError('Not today, please')
  }
  const application = await protectedApplication(t, { options: { hooks: { beforeSignIn } } })
  const { begin, complete, code, recoveryCodes, secret, now, events } = application
  const { signInToken } = (await begin()).json()
  for (const fields of [{ code: wrongCode(secret, now()) }, { recoveryCode: '0'.repeat(24) }])
    refused(t, await complete({ signInToken, ...fields }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal(asked.length, 0)
  for (const fields of [{ code: code() }, { recoveryCode: recoveryCodes[0] }])
    refused(t, await complete({ signInToken, ...fields }), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  t.equal(asked.length, 2)
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'refused_by_hook' })
})

t.test('afterSignIn is called once, with the session', async t => {
  const calls: { sessionId: string }[] = []
  const afterSignIn = ({ sessionId }: { sessionId: string }) => void calls.push({ sessionId })
  const { begin, signIn, code } = await protectedApplication(t, { options: { hooks: { afterSignIn } } })
  await begin()
  const sessionId = (await signIn({ code: code() })).json().session.id
  t.strictSame(calls, [{ sessionId }])
})

t.test('the sign-ins, and why they failed, are counted', async t => {
  const counted: unknown[] = []
  const metrics = ({ name, labels }: { name: string; labels?: object }) => {
    if (name === 'fast_auth_events_total') counted.push(labels)
  }
  const { signIn, code } = await protectedApplication(t, { options: { metrics } })
  counted.length = 0
  await signIn({ recoveryCode: 'not a code' })
  await signIn({ code: code() })
  t.match(counted, [
    { event: 'authn_second_factor_due' },
    { event: 'authn_login_fail', reason: 'wrong_second_factor' },
    { event: 'authn_second_factor_due' },
    { event: 'authn_login_success' },
  ])
})

t.test('the clock of an app may be a step behind or ahead', async t => {
  const { signIn, secret, now, advance } = await protectedApplication(t)
  advance(300)
  for (const seconds of [-60, 60])
    refused(t, await signIn({ code: totpCode(secret, now() + seconds * 1000) }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  for (const seconds of [-30, 0, 30])
    t.equal((await signIn({ code: totpCode(secret, now() + seconds * 1000) })).statusCode, 200)
})
