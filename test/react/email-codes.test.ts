import t from 'tap'
import { useSignIn } from '../../lib/react/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from '../client/fixtures/client-app.js'
import { codeApp } from '../client/fixtures/code-app.js'
import { passkeyBrowser, passkeys } from '../client/fixtures/passkey-browser.js'
import { acted, rendered } from './rendered.js'

const transport = 'token'
const { email } = ada
const noon = Date.UTC(2026, 0, 1, 12)

t.test('a form waits for the mailed code, and signs in with it', async t => {
  const { client, mailedCode } = await codeApp(t)
  const made = client({ transport })
  const steps = await rendered(t, made, useSignIn)
  t.equal(steps().waitingForCode, null)
  await acted(() => steps().requestCode({ email }))
  t.same(steps().waitingForCode, { email, expiresAt: '2026-01-01T12:10:00.000Z' })
  await acted(() => steps().enterCode({ code: '0000-0000' }))
  t.not(steps().waitingForCode, null, 'the user can try again')
  const code = await mailedCode()
  await acted(async () => t.equal((await steps().enterCode({ code })).status, 201))
  t.equal(steps().waitingForCode, null)
  t.equal(made.session.status, 'signed-in')
})

t.test('a refused request for a code leaves the form at its first step', async t => {
  const { client } = await codeApp(t)
  const steps = await rendered(t, client({ transport }), useSignIn)
  await acted(async () => t.hasStrict(await steps().requestCode({ email: 'nothing' }), { error: { statusCode: 400 } }))
  t.equal(steps().waitingForCode, null)
})

t.test('the user can start over with another address', async t => {
  const { client } = await codeApp(t)
  const steps = await rendered(t, client({ transport }), useSignIn)
  await acted(() => steps().requestCode({ email: 'adda@example.com' }))
  await acted(() => steps().cancel())
  t.equal(steps().waitingForCode, null)
  await acted(() => steps().requestCode({ email }))
  t.equal(steps().waitingForCode?.email, email)
})

t.test('a user with a second factor gives it after the code', async t => {
  const { client, mailedCode, advance } = await codeApp(t, { secondFactor: 'offered' })
  const first = client({ transport })
  await first.requestSignInCode({ email })
  await first.signInWithCode({ code: await mailedCode() })
  const { data } = await first.startTotp()
  await first.confirmTotp({ code: totpCode(data?.secret ?? '', noon) })
  advance(30)
  const made = client({ transport })
  const steps = await rendered(t, made, useSignIn)
  await acted(() => steps().requestCode({ email }))
  const code = await mailedCode()
  await acted(() => steps().enterCode({ code }))
  t.hasStrict(steps().waiting, { methods: ['totp', 'recoveryCode'] })
  t.equal(steps().waitingForCode, null)
  await acted(() => steps().completeSignIn({ code: totpCode(data?.secret ?? '', noon + 30_000) }))
  t.equal(steps().waiting, null)
  t.equal(made.session.status, 'signed-in')
})

t.test('a sign-in with the password ends the wait for a code', async t => {
  const { client, signedUp } = await codeApp(t)
  await signedUp({ transport })
  const steps = await rendered(t, client({ transport }), useSignIn)
  await acted(() => steps().requestCode({ email }))
  await acted(() => steps().signIn(ada))
  t.equal(steps().waitingForCode, null)
})

t.test('while a form waits for a code, there is no autofill', async t => {
  const browser = passkeyBrowser(t)
  const { client } = await codeApp(t, { passkeys })
  const steps = await rendered(t, client({ transport }), () => useSignIn({ autofill: true }))
  await browser.pending('conditional')
  await acted(() => steps().requestCode({ email }))
  t.same(browser.requests, ['conditional'])
  await acted(() => steps().cancel())
  await browser.pending('conditional')
  t.same(browser.requests, ['conditional', 'conditional'])
})
