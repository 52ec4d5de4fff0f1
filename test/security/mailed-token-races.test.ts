import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const password = 'a horse of another colour'

/** Two application servers on one SQLite file, each with a connection of its own. */
async function twoServers(t: Test) {
  const file = join(t.testdir(), 'auth.db')
  const server = () =>
    testApplication(t, { mail: true, options: { storage: sqliteStorage({ file }), limits: { freeGuesses: 1000 } } })
  const one = await server()
  const two = await server()
  const tokens = await signUpForTokens(one.app)
  /** Whichever server delivers it. */
  const tokenTo: typeof one.tokenTo = (address, purpose) =>
    Promise.any([one.tokenTo(address, purpose), two.tokenTo(address, purpose)])

  /** The statuses of 16 concurrent uses, half of them on either server, in ascending order. */
  async function race(path: string, payload: object): Promise<number[]> {
    const uses = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? one : two).post(path, payload))
    return (await Promise.all(uses)).map(({ statusCode }) => statusCode).sort()
  }

  const eventsOf = (name: string) => [...one.events, ...two.events].filter(event => event.name === name)
  return { one, two, tokens, tokenTo, race, eventsOf }
}

t.test('of 16 concurrent password resets with one token, on two servers, one succeeds', async t => {
  const { one, two, race, tokenTo, eventsOf } = await twoServers(t)
  await one.post('/password/forgot', { email: ada.email })
  const token = await tokenTo(ada.email, 'resetPassword')
  t.strictSame(await race('/password/reset', { token, password }), [204, ...Array(15).fill(400)])
  t.equal(eventsOf('authn_password_change').length, 1)
  await t.resolves(signInForTokens(two.app, { ...ada, password }))
  await one.app.close()
  await two.app.close()
  const notices = [...one.mailbox.messages, ...two.mailbox.messages].filter(({ subject }) =>
    /was changed/.test(subject),
  )
  t.equal(notices.length, 1)
})

t.test('of 16 concurrent confirmations with one token, on two servers, one succeeds', async t => {
  const { race, tokenTo, eventsOf } = await twoServers(t)
  const token = await tokenTo(ada.email, 'confirmEmail')
  t.strictSame(await race('/email/confirm', { token, password: ada.password }), [200, ...Array(15).fill(400)])
  t.equal(eventsOf('user_updated').length, 1)
})

t.test('of 16 concurrent changes of address with one token, on two servers, one succeeds', async t => {
  const { one, tokens, race, tokenTo, eventsOf } = await twoServers(t)
  await signInForTokens(one.app)
  const change = { email: 'new@example.com', password: ada.password }
  await one.post('/email/change', change, bearer(tokens.accessToken))
  const token = await tokenTo('new@example.com', 'changeEmail')
  t.strictSame(await race('/email/change/confirm', { token, password: ada.password }), [200, ...Array(15).fill(400)])
  t.equal(eventsOf('authn_token_revoked').length, 1)
})
