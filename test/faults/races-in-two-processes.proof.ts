import t, { type Test } from 'tap'
import { ada } from '../support/account.js'
import { post, send, sessionOf, signIn, signUp, type Tokens } from './fixtures/auth-client.js'
import { everyDatabase } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { onceOf16, type TwoServers, twoServers } from './fixtures/two-servers.js'

const { password } = ada
// A round that hashes passwords takes a second; the methods behind race for longer without.
const hashingRounds = rounds(4)
const keyRounds = rounds(16)
// Far more than it takes, for a machine that is busy.
t.setTimeout(120_000 + hashingRounds * 120_000 + keyRounds * 12_000)

interface Race {
  readonly method: string
  /** The statuses of sixteen who try, and what they are to be. */
  run(servers: TwoServers, owner: Tokens, email: string): Promise<readonly [statuses: number[], expected: number[]]>
}

const races: readonly Race[] = [
  {
    method: 'sign-ups with one address',
    run: async ({ race }, _owner, email) => [await race(url => signUp(url, `another-${email}`)), onceOf16(201, 409)],
  },
  {
    method: 'changes of one password',
    async run({ race }, { accessToken }) {
      const change = (newPassword: string) => ({ currentPassword: password, newPassword, transport: 'token' })
      return [
        await race((url, index) =>
          post(url, '/auth/password/change', change(`a horse of colour ${index}`), accessToken),
        ),
        onceOf16(200, 401),
      ]
    },
  },
  {
    method: 'deletions of one account',
    run: async ({ race }, { accessToken }) => [
      await race(url => send(url, 'DELETE', '/auth/me', { body: { password }, accessToken })),
      onceOf16(204, 401),
    ],
  },
  {
    method: 'ends of one session',
    async run({ one, race }, { accessToken }, email) {
      const { sid } = sessionOf((await signIn(one, email)).tokens)
      return [await race(url => send(url, 'DELETE', `/auth/sessions/${sid}`, { accessToken })), onceOf16(204, 404)]
    },
  },
]

/** Keys cost no hashing: one is rolled, and its successor deleted. */
async function raceForKeys(t: Test, { one, race }: TwoServers, { accessToken }: Tokens): Promise<void> {
  const startedAt = performance.now()
  for (let round = 1; round <= keyRounds; round += 1) {
    const made = await post(one, '/auth/api-keys', { name: 'deploy' }, accessToken)
    let successor = ''
    const rolls = await race(async url => {
      const rolled = await post(url, `/auth/api-keys/${made.id}/roll`, {}, accessToken)
      successor ||= rolled.id
      return rolled
    })
    t.same(rolls.sort(), onceOf16(201, 404), `roll ${round}`)
    const deletions = await race(url => send(url, 'DELETE', `/auth/api-keys/${successor}`, { accessToken }))
    t.same(deletions.sort(), onceOf16(204, 404), `deletion ${round}`)
  }
  t.comment(`${keyRounds} rolls and deletions by 16 in ${Math.round(performance.now() - startedAt)} ms`)
}

for (const database of await everyDatabase()) {
  t.test(`two processes on one ${database.name}`, { skip: database.missing }, async t => {
    const servers = await twoServers(t, database)

    for (const [index, { method, run }] of races.entries()) {
      t.test(`of 16 concurrent ${method} one succeeds`, async t => {
        for (let round = 1; round <= hashingRounds; round += 1) {
          const email = `person-${index}-${round}@example.com`
          const { tokens } = await signUp(servers.one, email)
          const [statuses, expected] = await run(servers, tokens, email)
          t.same(statuses.sort(), expected, `round ${round}`)
        }
      })
    }

    t.test('of 16 concurrent rolls and 16 concurrent deletions of one API key one succeeds', async t => {
      const { tokens } = await signUp(servers.one)
      await raceForKeys(t, servers, tokens)
    })
  })
}
