import t from 'tap'
import { ada } from '../support/account.js'
import { get, post, signIn, signUp } from './fixtures/auth-client.js'
import { everyDatabase } from './fixtures/databases.js'
import { mailedToken } from './fixtures/mailed-token.js'
import { rounds } from './fixtures/rounds.js'
import { onceOf16, twoServers } from './fixtures/two-servers.js'

const count = rounds(3)
// Far more than it takes, for a machine that is busy.
t.setTimeout(120_000 + count * 120_000)
const password = 'a horse of another colour'

for (const database of await everyDatabase()) {
  t.test(`two processes on one ${database.name}`, { skip: database.missing }, async t => {
    const { one, two, race, mailServer } = await twoServers(t, database)

    t.test('of 16 concurrent password resets with one token one succeeds', async t => {
      for (let round = 1; round <= count; round += 1) {
        const email = `forgetful-${round}@example.com`
        await signUp(one, email)
        t.equal((await post(two, '/auth/password/forgot', { email })).status, 202)
        const token = await mailedToken(mailServer, email, 'resetPassword')
        const statuses = await race(url => post(url, '/auth/password/reset', { token, password }))
        t.same(statuses.sort(), onceOf16(204, 400), `round ${round}`)
        t.equal((await signIn(two, email)).status, 401, 'the old password is dead')
        t.equal((await post(one, '/auth/sign-in', { email, password })).status, 200)
      }
    })

    t.test('of 16 concurrent confirmations with one token one succeeds', async t => {
      for (let round = 1; round <= count; round += 1) {
        const email = `new-${round}@example.com`
        await signUp(one, email)
        const token = await mailedToken(mailServer, email, 'confirmEmail')
        const statuses = await race(url => post(url, '/auth/email/confirm', { token, password: ada.password }))
        t.same(statuses.sort(), onceOf16(200, 400), `round ${round}`)
      }
    })

    t.test('of two changes of one address that race one wins, with the address its link was for', async t => {
      for (let round = 1; round <= count; round += 1) {
        const { accessToken } = (await signUp(one, `person-${round}@example.com`)).tokens
        const addresses = [`b-${round}@example.com`, `c-${round}@example.com`] as const
        const asked = addresses.map((email, index) =>
          post([one, two][index] ?? '', '/auth/email/change', { email, password: ada.password }, accessToken),
        )
        t.same(
          (await Promise.all(asked)).map(({ status }) => status),
          [202, 202],
        )
        const tokens = await Promise.all(addresses.map(address => mailedToken(mailServer, address, 'changeEmail')))
        // Four in a row use one link: each process has some of either.
        const chosen = (index: number) => Math.floor(index / 4) % addresses.length
        const statuses = await race((url, index) =>
          post(url, '/auth/email/change/confirm', { token: tokens[chosen(index)] ?? '', password: ada.password }),
        )
        const winner = addresses[chosen(statuses.indexOf(200))]
        t.same(statuses.sort(), onceOf16(200, 400), `round ${round}`)
        for (const address of addresses) {
          t.equal((await signIn(two, address)).status, address === winner ? 200 : 401, address)
        }
        t.equal((await get(one, '/hello', accessToken)).status, 200, 'who asked stays signed in')
      }
    })
  })
}
