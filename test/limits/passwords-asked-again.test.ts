import t from 'tap'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { repeated, wrong } from './fixtures/guesses.js'
import { unlimitedRequests } from './fixtures/unlimited-requests.js'

t.test('a stolen session refuses no other session the question for the password', async t => {
  const { app, advance } = await testApplication(t, { signedIn: true, options: { limits: unlimitedRequests } })
  const [stolen, own] = [await signInForTokens(app), await signInForTokens(app)]
  const change = ({ accessToken }: { accessToken: string }, currentPassword: string) =>
    app.inject({
      method: 'POST',
      url: '/auth/password/change',
      headers: bearer(accessToken),
      payload: { currentPassword, newPassword: 'a different battery' },
    })
  for (let minute = 0; minute < 14; minute++) {
    for (let index = 0; index < 8; index++) await change(stolen, wrong)
    advance(60)
  }
  t.equal((await change(stolen, wrong)).statusCode, 429)
  t.equal((await change(own, ada.password)).statusCode, 200)
})

t.test('a session has a quarter of the wrong passwords of its user, also if no wait slows it', async t => {
  const limits = { freeGuesses: 0, failuresPerAccountPerHour: 3, costlyRequestsPerMinute: 0 }
  const { app, events } = await testApplication(t, {
    signedIn: true,
    options: { limits: { ...unlimitedRequests, ...limits } },
  })
  const sessions = []
  for (let index = 0; index < 5; index++) sessions.push(await signInForTokens(app))
  const statuses: number[][] = []
  for (const { accessToken } of sessions) {
    const ofSession: number[] = []
    for (let index = 0; index < 4; index++) {
      const request = { method: 'DELETE', url: '/auth/me', headers: bearer(accessToken) } as const
      ofSession.push((await app.inject({ ...request, payload: { password: wrong } })).statusCode)
    }
    statuses.push(ofSession)
  }
  t.same(statuses, [...repeated(4, 0).map(() => [401, 401, 401, 429]), repeated(4, 429)])
  const refusals = events.flatMap(event => (event.name === 'rate_limited' ? [event.reason] : []))
  t.same(refusals, [...repeated(4, 0).map(() => 'password_checks'), 'password_checks_of_user'])
})

t.test('a mailed token has a count of its own, and takes none from a session', async t => {
  const { app, post, tokenTo } = await testApplication(t, { mail: true, options: { limits: { freeGuesses: 5 } } })
  const { accessToken } = await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  const statuses: number[] = []
  for (let index = 0; index < 6; index++) {
    statuses.push((await post('/email/confirm', { token, password: wrong })).statusCode)
  }
  t.same(statuses, [...repeated(5, 401), 429])
  const request = { method: 'DELETE', url: '/auth/me', headers: bearer(accessToken) } as const
  t.equal((await app.inject({ ...request, payload: { password: ada.password } })).statusCode, 204)
})
