import t from 'tap'
import { SignInRefusedError, SignUpRefusedError } from '../../lib/index.js'
import { signIn, signUp } from '../../schemas/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { documentedCodes } from '../support/operations.js'
import { refused } from '../support/refusal.js'
import { visible } from '../support/visible.js'
import { type HookCall, hookedApp, rowsOf } from './fixtures/hooked-app.js'

const invitation = 'You need an invitation'

function refuse({ hook }: HookCall): void {
  if (hook === 'beforeSignUp') throw new SignUpRefusedError(invitation)
  if (hook === 'beforeSignIn') throw new SignInRefusedError('Your organisation is closed')
}

t.test('a refused sign-up is answered with the hook’s own sentence, and nothing is written', async t => {
  const { post, listen, asked, storage, events, hookCalls } = await hookedApp(t)
  listen(refuse)
  const answer = await post('/sign-up', ada)
  refused(t, answer, 403, 'FAST_AUTH_SIGN_UP_REFUSED')
  t.equal(answer.json().message, invitation)
  t.same(asked(), [], 'not even read')
  t.same(await rowsOf(storage), [])
  t.hasStrict(events, [{ name: 'user_create_fail', reason: 'refused_by_hook', userId: null, sessionId: null }])
  t.equal(hookCalls.length, 1)
})

t.test('a refused sign-in opens no session, and lastSignInAt stays', async t => {
  const { app, post, listen, asked, storage, events, hookCalls, advance } = await hookedApp(t)
  const { user } = await signUpForTokens(app)
  const before = await rowsOf(storage)
  advance(60)
  listen(refuse)
  const answer = await post('/sign-in', ada)
  refused(t, answer, 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  t.equal(answer.json().message, 'Your organisation is closed')
  t.same(asked(), ['users.findByEmail'])
  t.same(await rowsOf(storage), before)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'refused_by_hook', userId: user.id, sessionId: null }])
  t.equal(hookCalls.length, 1)
})

t.test('both refusals are documented', async t => {
  t.ok(documentedCodes(signUp, 403).includes('FAST_AUTH_SIGN_UP_REFUSED'))
  t.ok(documentedCodes(signIn, 403).includes('FAST_AUTH_SIGN_IN_REFUSED'))
})

t.test('without an afterSignUp there is nothing to call after the answer', async t => {
  const { app, post, listen, events } = await hookedApp(t, {
    requireEmailConfirmation: true,
    hooks: { afterSignUp: undefined } as object,
  })
  listen()
  t.equal((await post('/sign-up', ada)).statusCode, 202)
  await app.close()
  t.same(
    events.map(({ name }) => name),
    ['user_created'],
  )
})

t.test('a refused user gets the refusal only after the right password', async t => {
  const { app, post, listen } = await hookedApp(t)
  await signUpForTokens(app)
  listen(refuse)
  refused(t, await post('/sign-in', { ...ada, password: 'incorrect horse' }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

for (const requireEmailConfirmation of [true, false]) {
  t.test(
    `a refusal says nothing of the address: ${requireEmailConfirmation ? 'with' : 'without'} confirmation`,
    async t => {
      const { post, listen, asked, hookCalls } = await hookedApp(t, { requireEmailConfirmation })
      await post('/sign-up', ada)
      listen(call => (call.hook === 'beforeSignUp' ? refuse(call) : undefined))
      asked()
      const [taken, free] = [await post('/sign-up', ada), await post('/sign-up', { ...ada, email: 'bea@example.com' })]
      t.same(visible(taken), visible(free))
      t.same(asked(), [], 'no storage call')
      t.equal(hookCalls.filter(({ hook }) => hook === 'beforeSignUp').length, 2)
    },
  )
}

t.test('the password’s rules are asked before beforeSignUp', async t => {
  const { post, listen, hookCalls } = await hookedApp(t)
  listen(refuse)
  refused(t, await post('/sign-up', { ...ada, password: 'password' }), 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
  t.same(hookCalls, [])
})

t.test(
  'if addresses must be confirmed, a slow afterSignUp does not distinguish a new address from a taken one',
  async t => {
    let finish = () => {}
    const isDone = new Promise<void>(resolve => {
      finish = resolve
    })
    const { app, post, listen, hookCalls, events } = await hookedApp(t, { requireEmailConfirmation: true })
    listen(({ hook }) => (hook === 'afterSignUp' ? isDone : undefined))
    const [created, taken] = [await post('/sign-up', ada), await post('/sign-up', ada)]
    t.same(visible(created), visible(taken))
    t.equal(created.statusCode, 202)
    t.notOk(
      events.some(({ name }) => name === 'hook_failed'),
      'no answer waited for the hook',
    )
    finish()
    await app.close()
    t.same(
      hookCalls.map(({ hook, context: { sessionId } }) => [hook, sessionId]),
      [
        ['beforeSignUp', undefined],
        ['afterSignUp', null],
        ['beforeSignUp', undefined],
      ],
      'once for the one that was created',
    )
  },
)

t.test('a closing application waits for the afterSignUp that no answer waited for', async t => {
  let isFinished = false
  const { app, post, listen } = await hookedApp(t, { requireEmailConfirmation: true })
  listen(async ({ hook }) => {
    if (hook !== 'afterSignUp') return
    await new Promise(resolve => setTimeout(resolve, 500))
    isFinished = true
  })
  await post('/sign-up', ada)
  t.equal(isFinished, false)
  await app.close()
  t.equal(isFinished, true)
})

t.test('a refusal that is not the hook’s own is a mistake: 500, with a fixed text', async t => {
  const { app, post, listen, events } = await hookedApp(t)
  await signUpForTokens(app)
  listen(() => {
    throw new SignUpRefusedError(invitation)
  })
  const answer = await post('/sign-in', ada)
  refused(t, answer, 500, 'FAST_AUTH_INTERNAL_ERROR')
  t.notMatch(answer.body, invitation)
  t.hasStrict(events, [{ name: 'hook_failed', hook: 'beforeSignIn', reason: 'failed' }])
})
