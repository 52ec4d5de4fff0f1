import t from 'tap'
import { ada } from '../support/account.js'
import { databasesOnServers } from './fixtures/databases.js'
import { startServer } from './fixtures/server-process.js'

// Far more than it takes, for a machine that is busy.
t.setTimeout(300_000)
const freeGuesses = 5
/** The first wait is longer than the test takes. */
const waits = { firstDelaySeconds: 3600, maximumDelaySeconds: 3600 }
const limits = { freeGuesses, ...waits, countersTimeoutSeconds: 10, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }

function signIn(url: string, password: string, cookie = ''): Promise<Response> {
  const body = JSON.stringify({ email: ada.email, password })
  const headers = { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) }
  return fetch(`${url}/auth/sign-in`, { method: 'POST', headers, body })
}

for (const { name, missing, create } of await databasesOnServers()) {
  t.test(
    `of 200 concurrent guesses at two processes on ${name} five are checked, and the user’s device signs in meanwhile`,
    { skip: missing },
    async t => {
      const database = await create(t)
      const [{ url: one }, { url: two }] = await Promise.all([
        startServer(t, database, { limits }),
        startServer(t, database, { limits }),
      ])
      const headers = { 'content-type': 'application/json' }
      const signedUp = await fetch(`${one}/auth/sign-up`, { method: 'POST', headers, body: JSON.stringify(ada) })
      const ofDevice = signedUp.headers.getSetCookie().find(line => line.startsWith('known_device=')) ?? ''
      const device = ofDevice.replace(/;.*/, '')

      const guesses = Array.from({ length: 200 }, (_, index) => signIn(index % 2 === 0 ? one : two, 'incorrect horse'))
      const own = await Promise.all([signIn(one, ada.password, device), signIn(two, ada.password, device)])
      const answers = await Promise.all(guesses)

      const checked = answers.filter(({ status }) => status === 401)
      const refused = answers.filter(({ status }) => status === 429)
      t.same([checked.length, refused.length], [freeGuesses, 195])
      t.ok(refused.every(answer => /^[1-9]\d*$/.test(answer.headers.get('retry-after') ?? '')))
      t.same(
        own.map(({ status }) => status),
        [200, 200],
      )
    },
  )
}
