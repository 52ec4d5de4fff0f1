import t from 'tap'
import { confirmUser, signInUser, signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('a user who signs in has a session of their own, with tokens', async t => {
  const { app } = await testApplication(t)
  const first = await signUpUser(app, ada)
  const second = await signInUser(app, ada)
  t.equal(second.user.id, first.user.id)
  t.not(second.session.id, first.session.id)
  t.not(second.refreshToken, first.refreshToken)
  t.equal((await second.inject('/auth/me')).statusCode, 200)
})

t.test('a user signs in with cookies, under another prefix', async t => {
  const { app } = await testApplication(t, { options: { prefix: '/accounts' } })
  await signUpUser(app, { ...ada, prefix: '/accounts' })
  const { inject } = await signInUser(app, { ...ada, prefix: '/accounts', transport: 'cookie' })
  const me = await inject({ url: '/accounts/me', cookies: { theme: 'dark' } })
  t.equal(me.statusCode, 200)
  t.match(me.raw.req.headers.cookie, /theme=dark/)
})

t.test('a user who is signed in already may confirm their address', async t => {
  const { app, mailbox } = await testApplication(t, { mail: true })
  const { inject } = await signUpUser(app, { ...ada, mailbox })
  t.equal((await inject('/auth/me')).json().user.emailConfirmedAt, null)
  await confirmUser(app, { ...ada, mailbox })
  t.equal((await inject('/auth/me')).json().user.emailConfirmedAt, '2026-01-01T12:00:00.000Z')
})
