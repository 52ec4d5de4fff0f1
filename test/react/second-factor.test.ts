import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import t from 'tap'
import { AuthProvider, type SecondFactorState, useSecondFactor, useSignIn } from '../../lib/react/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, clientApp } from '../client/fixtures/client-app.js'
import { protectedApp } from '../client/fixtures/protected-app.js'
import { acted, rendered, until } from './rendered.js'

const noon = Date.UTC(2026, 0, 1, 12)
const transport = 'token'

t.test('a sign-in waits for the second factor until it is complete', async t => {
  const { client, nextCode } = await protectedApp(t, { transport })
  const made = client({ transport })
  const steps = await rendered(t, made, useSignIn)
  t.equal(steps().waiting, null)
  await acted(() => steps().signIn(ada))
  t.hasStrict(steps().waiting, { status: 'second_factor_required', methods: ['totp', 'recoveryCode'] })
  await acted(() => steps().completeSignIn({ code: '000000' }))
  t.not(steps().waiting, null, 'the user can try again')
  await acted(() => steps().completeSignIn({ code: nextCode() }))
  t.equal(steps().waiting, null)
  t.equal(made.session.status, 'signed-in')
})

t.test('a wrong password leaves the sign-in at its first step', async t => {
  const { client } = await protectedApp(t, { transport })
  const steps = await rendered(t, client({ transport }), useSignIn)
  await acted(() => steps().signIn({ ...ada, password: 'something else' }))
  t.equal(steps().waiting, null)
})

t.test('a sign-in that has expired, or that the user gives up, no longer waits', async t => {
  const { client, nextCode, advance } = await protectedApp(t, { transport })
  const steps = await rendered(t, client({ transport }), useSignIn)
  await acted(() => steps().signIn(ada))
  await acted(() => steps().cancel())
  t.equal(steps().waiting, null)
  await acted(() => steps().signIn(ada))
  advance(601)
  await acted(() => steps().completeSignIn({ code: nextCode() }))
  t.equal(steps().waiting, null)
})

t.test('a component follows the second factor of the user, from its set-up to its removal', async t => {
  const { signedUp } = await clientApp(t, { options: { secondFactor: 'offered' } })
  const client = await signedUp({ transport })
  const state: () => SecondFactorState = await rendered(t, client, useSecondFactor)
  await until(() => state().secondFactor !== null)
  t.same(state().secondFactor, { totp: null, recoveryCodesLeft: 0, required: false })
  const { data } = await state().startTotp()
  t.equal((await state().confirmTotp({ code: '000000' })).error?.code, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  await acted(() => state().confirmTotp({ code: totpCode(data?.secret ?? '', noon) }))
  await until(() => state().secondFactor?.recoveryCodesLeft === 10)
  await acted(() => state().renewRecoveryCodes())
  await acted(() => state().removeTotp())
  await until(() => state().secondFactor?.totp === null)
})

t.test('a component knows that the user must set up a second factor, after a reload too', async t => {
  const { signedUp, client } = await clientApp(t, { options: { secondFactor: 'required' } })
  const kept = { text: '' }
  const tokenStore = {
    get: () => kept.text,
    set(text: string) {
      kept.text = text
    },
    remove() {
      kept.text = ''
    },
  }
  await signedUp({ transport, tokenStore })
  const reloaded = client({ transport, tokenStore })
  const state = await rendered(t, reloaded, useSecondFactor)
  await until(() => state().secondFactor !== null)
  t.same(state().secondFactor, { totp: null, recoveryCodesLeft: 0, required: true })
  t.equal(reloaded.session.status, 'unknown')
  const { data } = await state().startTotp()
  await acted(() => state().confirmTotp({ code: totpCode(data?.secret ?? '', noon) }))
  t.equal(reloaded.session.status, 'signed-in')
  t.not(state().secondFactor, null, 'a component that waits for its state is not rendered without it')
  await until(() => state().secondFactor?.recoveryCodesLeft === 10)
})

t.test('the second factor of one user is not shown to the next', async t => {
  const { first, signedUp: _, ...app } = await protectedApp(t, { transport })
  const state = await rendered(t, first, useSecondFactor)
  await until(() => state().secondFactor?.recoveryCodesLeft === 10)
  await acted(() => first.signUp({ ...ada, email: 'bob@example.com' }))
  t.not(state().secondFactor?.recoveryCodesLeft, 10)
  await until(() => state().secondFactor?.recoveryCodesLeft === 0)
  await acted(() => first.signOut())
  t.equal(state().secondFactor, null)
  t.equal(app.requests.filter(request => request === 'GET /auth/second-factor').length, 2)
})

t.test('a page that a server renders knows no second factor', async t => {
  const { client } = await clientApp(t)
  const Left = () => createElement('i', null, String(useSecondFactor().secondFactor))
  t.equal(renderToString(createElement(AuthProvider, { client: client() }, createElement(Left))), '<i>null</i>')
})
