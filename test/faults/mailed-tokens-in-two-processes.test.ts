import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startMailServer } from '../email/mail-server.js'
import { ada } from '../support/account.js'
import { get, post, signIn, signUp } from './fixtures/auth-client.js'
import { mailedToken } from './fixtures/mailed-token.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'

const count = rounds(3)
// Far more than it takes, for a machine that is busy.
t.setTimeout(count * 30_000)
const password = 'a horse of another colour'
const onceOf16 = (status: number) => [status, ...Array<number>(15).fill(400)]

/** Two processes on one SQLite file, and the SMTP server that both send to. */
async function twoProcesses(t: Test) {
  const file = join(t.testdir({}), 'auth.db')
  const mailServer = await startMailServer()
  t.teardown(() => mailServer.close())
  const start = () => startServer(t, `sqlite:${file}`, {}, { mailUrl: mailServer.url })
  const [one, two] = await Promise.all([start(), start()])

  /** The statuses of 16 uses at once, half of them in either process. */
  async function race(path: string, bodies: readonly object[]): Promise<number[]> {
    const uses = Array.from({ length: 16 / bodies.length }, (_, index) =>
      bodies.map(body => post((index % 2 === 0 ? one : two).url, path, body)),
    )
    return (await Promise.all(uses.flat())).map(({ status }) => status)
  }

  return { one, two, race, tokenTo: mailedToken.bind(null, mailServer) }
}

t.test('of 16 password resets at once with one token, in two processes, one happens', async t => {
  const { one, two, race, tokenTo } = await twoProcesses(t)
  for (let round = 1; round <= count; round += 1) {
    const email = `person-${round}@example.com`
    await signUp(one.url, email)
    t.equal((await post(two.url, '/auth/password/forgot', { email })).status, 202)
    const token = await tokenTo(email, 'resetPassword')
    const statuses = await race('/auth/password/reset', [{ token, password }])
    t.same(statuses.sort(), onceOf16(204), `round ${round}`)
    t.equal((await signIn(two.url, email)).status, 401, 'the old password is dead')
    t.equal((await post(one.url, '/auth/sign-in', { email, password })).status, 200)
  }
})

t.test('of 16 confirmations at once with one token, in two processes, one happens', async t => {
  const { one, race, tokenTo } = await twoProcesses(t)
  for (let round = 1; round <= count; round += 1) {
    const email = `person-${round}@example.com`
    await signUp(one.url, email)
    const token = await tokenTo(email, 'confirmEmail')
    t.same((await race('/auth/email/confirm', [{ token }])).sort(), onceOf16(200), `round ${round}`)
  }
})

t.test(
  'of two changes of one address that race in two processes one wins, with the address its link was for',
  async t => {
    const { one, two, race, tokenTo } = await twoProcesses(t)
    for (let round = 1; round <= count; round += 1) {
      const { accessToken } = (await signUp(one.url, `person-${round}@example.com`)).tokens
      const addresses = [`b-${round}@example.com`, `c-${round}@example.com`] as const
      const asked = addresses.map((email, index) =>
        post([one, two][index]?.url ?? '', '/auth/email/change', { email, password: ada.password }, accessToken),
      )
      t.same(
        (await Promise.all(asked)).map(({ status }) => status),
        [202, 202],
      )
      const tokens = await Promise.all(addresses.map(address => tokenTo(address, 'changeEmail')))
      const statuses = await race(
        '/auth/email/change/confirm',
        tokens.map(token => ({ token })),
      )
      const winner = addresses[statuses.indexOf(200) % addresses.length]
      t.same(statuses.sort(), onceOf16(200), `round ${round}`)
      for (const address of addresses) {
        t.equal((await signIn(two.url, address)).status, address === winner ? 200 : 401, address)
      }
      t.equal((await get(one.url, '/hello', accessToken)).status, 200, 'who asked stays signed in')
    }
  },
)
