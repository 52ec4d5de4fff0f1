import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer, signInForTokens, signUpForTokens, type TokenPair } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const newPassword = (index: number) => `a horse of colour number ${index}`

async function racingApp(t: Test) {
  const { app, events } = await testApplication(t, { options: { storage: sqliteStorage({ file: ':memory:' }) } })
  const post = (path: string, payload: object, headers = {}) =>
    app.inject({ method: 'POST', url: `/auth${path}`, payload, headers })
  const change = ({ accessToken }: TokenPair, index: number) =>
    post('/password/change', { currentPassword: ada.password, newPassword: newPassword(index) }, bearer(accessToken))
  return { app, events, post, change, tokens: await signUpForTokens(app) }
}

t.test('of eight concurrent changes from four sessions one succeeds, and only its session continues', async t => {
  const { app, events, post, change, tokens } = await racingApp(t)
  const devices = [tokens, await signInForTokens(app), await signInForTokens(app), await signInForTokens(app)]
  const answers = await Promise.all([...devices, ...devices].map((device, index) => change(device, index)))
  const winner = answers.findIndex(({ statusCode }) => statusCode === 200)
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [200, ...Array(7).fill(401)])
  t.equal(events.filter(({ name }) => name === 'authn_password_change').length, 1)
  for (const index of answers.keys()) {
    const { statusCode } = await post('/sign-in', { email: ada.email, password: newPassword(index) })
    t.equal(statusCode, index === winner ? 200 : 401)
  }
  t.equal((await post('/refresh', { refreshToken: answers[winner]?.json().refreshToken })).statusCode, 200)
  for (const [index, { refreshToken }] of devices.entries()) {
    if (index !== winner % 4) t.equal((await post('/refresh', { refreshToken })).statusCode, 401)
  }
})

t.test('sign-ins with the old password during a change leave no session behind', async t => {
  const { app, post, change, tokens } = await racingApp(t)
  const signIns = Array.from({ length: 6 }, () => post('/sign-in', { ...ada, transport: 'token' }))
  const [changed, ...signedIn] = await Promise.all([change(tokens, 0), ...signIns])
  t.equal(changed?.statusCode, 200)
  const sessions = await app.inject({ url: '/auth/sessions', headers: bearer(changed?.json().accessToken) })
  t.strictSame(
    sessions.json().items.map(({ id }: { id: string }) => id),
    [tokens.session.id],
  )
  for (const answer of signedIn.filter(({ statusCode }) => statusCode === 200)) {
    const { accessToken, refreshToken } = answer.json()
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
    t.equal((await post('/refresh', { refreshToken })).statusCode, 401)
  }
})

t.test('no refresh during a change gets the tokens that come with the new password', async t => {
  const { post, change, tokens } = await racingApp(t)
  const changing = change(tokens, 0)
  const refreshed: string[] = []
  let isChanged = false
  changing.then(() => {
    isChanged = true
  })
  while (!isChanged) {
    const answer = await post('/refresh', { refreshToken: tokens.refreshToken })
    if (answer.statusCode === 200) refreshed.push(answer.json().refreshToken)
  }
  const answer = await changing
  t.equal(answer.statusCode, 200)
  t.ok(refreshed.length > 0)
  t.notOk(refreshed.includes(answer.json().refreshToken))
  for (const refreshToken of new Set(refreshed)) t.equal((await post('/refresh', { refreshToken })).statusCode, 401)
})
