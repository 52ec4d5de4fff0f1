import t from 'tap'
import { ada } from './fixtures/client-app.js'
import { protectedApp } from './fixtures/protected-app.js'

const transports = ['cookie', 'token'] as const

for (const transport of transports) {
  t.test(`${transport}: a sign-in that needs a second factor signs no user in until it is complete`, async t => {
    const { client, nextCode, requests } = await protectedApp(t, { transport })
    const made = client({ transport })
    const { status, data, error } = await made.signIn(ada)
    if (error !== undefined) throw error
    t.equal(status, 202)
    t.hasStrict(data, { status: 'second_factor_required', methods: ['totp', 'recoveryCode'] })
    t.equal(made.session.status, 'unknown')
    t.equal((await made.completeSignIn({ code: nextCode() })).status, 200)
    t.hasStrict(made.session, { status: 'signed-in', user: { email: ada.email } })
    t.equal((await made.fetch('/hello')).status, 200)
    t.same(requests, ['POST /auth/sign-in', 'POST /auth/sign-in/second-factor', 'GET /hello'])
  })

  t.test(`${transport}: a recovery code completes a sign-in`, async t => {
    const { client, recoveryCodes } = await protectedApp(t, { transport })
    const made = client({ transport })
    await made.signIn(ada)
    t.equal((await made.completeSignIn({ recoveryCode: recoveryCodes[0] ?? '' })).status, 200)
    t.equal(made.session.status, 'signed-in')
  })

  t.test(`${transport}: a wrong code neither refreshes nor ends the session of another user`, async t => {
    const { client, requests } = await protectedApp(t, { transport })
    const made = client({ transport })
    await made.signUp({ ...ada, email: 'bob@example.com' })
    await made.signIn(ada)
    const before = made.session
    requests.length = 0
    t.hasStrict(await made.completeSignIn({ code: '000000' }), { error: { code: 'FAST_AUTH_SECOND_FACTOR_INVALID' } })
    t.same(requests, ['POST /auth/sign-in/second-factor'])
    t.equal(made.session, before)
    t.equal(await (await made.fetch('/hello')).text(), 'Hello, bob@example.com')
  })

  t.test(`${transport}: an expired sign-in neither refreshes nor ends the session of another user`, async t => {
    const { client, requests, advance, nextCode } = await protectedApp(t, { transport })
    const made = client({ transport })
    await made.signUp({ ...ada, email: 'bob@example.com' })
    await made.signIn(ada)
    advance(601)
    const before = made.session
    requests.length = 0
    t.hasStrict(await made.completeSignIn({ code: nextCode() }), { error: { code: 'FAST_AUTH_SIGN_IN_EXPIRED' } })
    t.same(requests, ['POST /auth/sign-in/second-factor'])
    t.equal(made.session, before)
    t.equal((await made.getMe()).data?.user.email, 'bob@example.com')
  })

  t.test(`${transport}: without a sign-in there is none to complete`, async t => {
    const { first, nextCode } = await protectedApp(t, { transport })
    t.hasStrict(await first.completeSignIn({ code: nextCode() }), { error: { code: 'FAST_AUTH_SIGN_IN_EXPIRED' } })
    t.equal(first.session.status, 'signed-in')
  })

  t.test(`${transport}: a completed sign-in cannot be completed again`, async t => {
    const { client, nextCode } = await protectedApp(t, { transport })
    const made = client({ transport })
    await made.signIn(ada)
    await made.completeSignIn({ code: nextCode() })
    t.hasStrict(await made.completeSignIn({ code: nextCode() }), { error: { code: 'FAST_AUTH_SIGN_IN_EXPIRED' } })
  })

  t.test(`${transport}: a session continues with the tokens of its confirmation and reauthentication`, async t => {
    const { first, nextCode, advance, requests } = await protectedApp(t, { transport })
    t.equal((await first.refreshSession()).status, 200, 'after the confirmation')
    advance(600)
    t.hasStrict(await first.removeTotp(), { error: { code: 'FAST_AUTH_SECOND_FACTOR_REQUIRED' } })
    t.hasStrict(await first.reauthenticate({ code: '000000' }), { error: { code: 'FAST_AUTH_SECOND_FACTOR_INVALID' } })
    t.equal(first.session.status, 'signed-in')
    t.equal((await first.reauthenticate({ password: ada.password, code: nextCode() })).status, 200)
    t.equal((await first.removeTotp()).status, 204)
    t.equal((await first.refreshSession()).status, 200, 'after the reauthentication')
    t.equal(requests.filter(request => request === 'POST /auth/refresh').length, 2)
  })

  for (const order of ['a refresh', 'a reauthentication'] as const) {
    t.test(`${transport}: of ${order} and its concurrent counterpart, the client keeps the newer tokens`, async t => {
      const { first, nextCode } = await protectedApp(t, { transport })
      const code = nextCode()
      const refresh = () => first.refreshSession()
      const reauthenticate = () => first.reauthenticate({ code })
      const both = order === 'a refresh' ? [refresh, reauthenticate] : [reauthenticate, refresh]
      const answers = await Promise.all(both.map(send => send()))
      t.same(
        answers.map(({ status }) => status),
        [200, 200],
      )
      t.equal((await first.refreshSession()).status, 200)
      t.equal(first.session.status, 'signed-in')
    })
  }

  t.test(`${transport}: an expired access token is refreshed once for a request beside a reauthentication`, async t => {
    const { first, nextCode, advance, requests } = await protectedApp(t, { transport })
    advance(960)
    const code = nextCode()
    const [hello, reauthenticated] = await Promise.all([first.fetch('/hello'), first.reauthenticate({ code })])
    t.equal(hello.status, 200)
    t.equal(reauthenticated.status, 200)
    t.equal((await first.refreshSession()).status, 200)
    t.equal(requests.filter(request => request === 'POST /auth/refresh').length, 2)
  })
}
