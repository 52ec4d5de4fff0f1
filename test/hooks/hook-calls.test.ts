import t from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { hookedApp } from './fixtures/hooked-app.js'
import { hookedOperations } from './fixtures/operations.js'

for (const [name, { status, calls, prepare }] of Object.entries(hookedOperations)) {
  t.test(`${name} calls ${calls.map(([hook]) => hook).join(', ')}, each once and in this order`, async t => {
    const tested = await hookedApp(t)
    const send = await prepare(tested)
    tested.listen()
    t.equal((await send()).statusCode, status)
    t.same(
      tested.hookCalls.map(({ hook, context: { reason } }) => (reason === undefined ? [hook] : [hook, reason])),
      calls,
    )
    for (const { context } of tested.hookCalls) {
      t.matchOnly(context.client, { ip: '127.0.0.1', userAgent: 'lightMyRequest', requestId: /^req-/ })
      t.equal(context.signal.aborted, false)
    }
    t.same(
      tested.events.filter(event => event.name === 'hook_failed'),
      [],
    )
  })
}

t.test('beforeSignUp gets the canonical address and user name, and no user', async t => {
  const { post, listen, hookCalls } = await hookedApp(t, { usernames: true })
  listen()
  await post('/sign-up', { ...ada, email: 'ada@EXAMPLE.com', username: 'Ada' })
  t.same(Object.keys(hookCalls[0]?.context ?? {}).sort(), ['client', 'email', 'signal', 'username'])
  t.hasStrict(hookCalls[0]?.context, { email: ada.email, username: 'ada' })
  await post('/sign-up', { ...ada, email: 'grace@example.com' })
  t.equal(hookCalls.at(-2)?.context.username, null)
})

t.test('the other hooks get the user, without the password’s hash, and the session', async t => {
  const { app, listen, hookCalls, advance } = await hookedApp(t)
  listen()
  const signedUp = await signUpForTokens(app)
  advance(60)
  const signedIn = await signInForTokens(app)
  const before = Date.UTC(2026, 0, 1, 12)
  const user = { id: signedUp.user.id, email: ada.email, emailConfirmedAt: null, profile: {}, createdAt: before }
  t.hasStrict(hookCalls.slice(1), [
    { hook: 'afterSignUp', context: { user: { ...user, lastSignInAt: before }, sessionId: signedUp.session.id } },
    { hook: 'beforeSignIn', context: { user: { ...user, lastSignInAt: before } } },
    {
      hook: 'afterSignIn',
      context: { user: { ...user, lastSignInAt: before + 60_000 }, sessionId: signedIn.session.id },
    },
  ])
  for (const { context } of hookCalls) t.notOk('now' in context || Object.hasOwn(context.user ?? {}, 'passwordHash'))
})

t.test('afterSessionEnd names the user and the session, whichever credential ended it', async t => {
  const { app, post, listen, hookCalls } = await hookedApp(t)
  const one = await signUpForTokens(app)
  const two = await signInForTokens(app)
  listen()
  await post('/sign-out', { refreshToken: one.refreshToken })
  await post('/sign-out', {}, bearer(two.accessToken))
  t.hasStrict(hookCalls, [
    { context: { userId: one.user.id, sessionId: one.session.id } },
    { context: { userId: one.user.id, sessionId: two.session.id } },
  ])
})

t.test('a refresh calls no hook, nor does its repetition', async t => {
  const { app, post, listen, hookCalls } = await hookedApp(t)
  const { refreshToken } = await signUpForTokens(app)
  listen()
  const answers = [await post('/refresh', { refreshToken }), await post('/refresh', { refreshToken })]
  t.same(
    answers.map(({ statusCode }) => statusCode),
    [200, 200],
  )
  t.same(hookCalls, [])
})

t.test('a request that is refused before the hooks calls none of them', async t => {
  const { app, post, listen, hookCalls } = await hookedApp(t)
  const { refreshToken } = await signUpForTokens(app)
  await post('/sign-out', { refreshToken })
  listen()
  const answers = [
    await post('/sign-up', { email: 'bea@example.com', password: 'password' }),
    await post('/sign-in', { ...ada, password: 'incorrect horse' }),
    await post('/sign-in', { ...ada, email: 'unknown@example.com' }),
    await post('/password/reset', { token: 'x'.repeat(43), password: 'a horse of another colour' }),
    await post('/refresh', { refreshToken }),
    await post('/sign-out', { refreshToken }),
  ]
  t.same(
    answers.map(({ statusCode }) => statusCode),
    [400, 401, 401, 400, 401, 204],
  )
  t.same(hookCalls, [])
})

t.test('no hook is called for a session that has expired, even if a client signs out from it', async t => {
  const { app, post, listen, hookCalls, advance } = await hookedApp(t, { sessionIdleLifetimeSeconds: 900 })
  const { refreshToken } = await signUpForTokens(app)
  advance(900)
  listen()
  t.equal((await post('/sign-out', { refreshToken })).statusCode, 204)
  t.same(hookCalls, [])
})

t.test('an unconfirmed address is refused before beforeSignIn', async t => {
  const { post, listen, hookCalls } = await hookedApp(t, { requireEmailConfirmation: true })
  await post('/sign-up', ada)
  listen()
  t.equal((await post('/sign-in', ada)).json().code, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.same(
    hookCalls.filter(({ hook }) => hook.endsWith('SignIn')),
    [],
  )
})

t.test('concurrent sign-outs call the hook once', async t => {
  const { app, post, listen, hookCalls } = await hookedApp(t)
  const { refreshToken } = await signUpForTokens(app)
  listen()
  await Promise.all(Array.from({ length: 5 }, () => post('/sign-out', { refreshToken })))
  t.equal(hookCalls.length, 1)
})

t.test('no hook gets a password, a token or a hash', async t => {
  const secrets = new Set<string>([ada.password, 'a horse of another colour'])
  const seen: string[] = []
  for (const { prepare } of Object.values(hookedOperations)) {
    const tested = await hookedApp(t)
    tested.listen()
    const answer = await (await prepare(tested))()
    for (const { value } of answer.cookies) secrets.add(value)
    for (const [, token = ''] of tested.bodies.join('').matchAll(/Token":"([^"]+)/g)) secrets.add(token)
    for (const { text } of tested.mailbox.messages) secrets.add(/#token=([\w-]+)/.exec(text)?.[1] ?? '')
    for (const { passwordHash } of await tested.storage.users.list({ limit: 9 })) secrets.add(String(passwordHash))
    seen.push(JSON.stringify(tested.hookCalls))
  }
  t.ok(secrets.size > 20, 'there were secrets to reveal')
  const text = seen.join('\n')
  t.match(text, ada.email)
  t.same(
    [...secrets].filter(secret => secret !== '' && text.includes(secret)),
    [],
  )
})
