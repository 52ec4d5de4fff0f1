import t, { type Test } from 'tap'
import { createOrganization, linksIn, signUpUser } from '../../lib/testing/index.js'
import { AnyProfile } from '../../schemas/accounts/any-profile.js'
import { seededRandom } from '../faults/fixtures/seeded-random.js'
import { ada } from '../support/account.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { testApplication } from '../support/test-application.js'
import { judgeOf } from './fuzzer/judge.js'
import { type PublishedOperation, publishedOperations } from './fuzzer/published-operations.js'
import { randomRequests } from './fuzzer/random-requests.js'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
const rounds = Number(process.env.FUZZ_ROUNDS ?? 24)

/** Every request to these may cost a hash. */
const hashes = (operation: PublishedOperation) => JSON.stringify(operation.responses).includes('FAST_AUTH_HASHING_BUSY')

const passwords = [ada.password, 'a horse of another colour']
const vocabulary = {
  email: [ada.email, 'ben@example.com'],
  username: ['ada', 'ben'],
  password: passwords,
  currentPassword: passwords,
  newPassword: passwords,
}

/** A started server with every route, and the values that a user of it knows. */
async function startedServer(t: Test) {
  const { app, mailbox, advance } = await testApplication(t, {
    mail: true,
    options: { profileSchema: AnyProfile, usernames: true, ...everyRouteWithMail, apiKeys: { maximumPerUser: 4 } },
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const requests = randomRequests(seededRandom(seed), vocabulary)
  let read = 0
  /** The links of new messages. */
  function readMail(): void {
    for (const link of mailbox.messages.slice(read).flatMap(message => linksIn(message)))
      requests.learn({ token: link.split('#token=')[1] })
    read = mailbox.messages.length
  }
  return { app, url, requests, readMail, advance }
}

function nameAndValue(cookie: string): Record<string, string> {
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(cookie) ?? []
  return name === '' ? {} : { [name]: value }
}

t.test(`no request that is made of openapi.yml alone gets an answer that is not in it (FUZZ_SEED=${seed})`, async t => {
  const { app, url, requests, readMail, advance } = await startedServer(t)
  const random = seededRandom(seed + 1)
  const judges = publishedOperations.map(operation => ({ operation, judge: judgeOf(operation) }))
  const seen = new Map(publishedOperations.map(({ operationId }) => [operationId, new Set<number>()]))
  const turns = judges.flatMap(({ operation, judge }) =>
    Array.from({ length: hashes(operation) ? rounds : rounds * 2 }, () => ({ operation, judge, at: random(0, 1e9) })),
  )
  const wrong: string[] = []
  for (const [turn, { operation, judge }] of turns.sort((one, other) => one.at - other.at).entries()) {
    if (turn % 20 === 0) {
      const user = await signUpUser(app, { ...ada, email: `user-${turn}@example.com` })
      const { organization, owner } = await createOrganization(app, user)
      requests.learn({ ...owner, organizationId: organization.id })
    }
    const request = requests.to(operation)
    const { method, headers, payload = null } = request
    const response = await fetch(url + request.url, { method, headers, body: payload, redirect: 'manual' })
    const text = await response.text()
    const answer = { status: response.status, contentType: response.headers.get('content-type'), text }
    const problems = judge(request, answer)
    if (problems.length > 0)
      wrong.push(JSON.stringify({ operation: operation.operationId, problems, request, answer }).slice(0, 1500))
    seen.get(operation.operationId)?.add(response.status)
    if (answer.contentType?.startsWith('application/json')) requests.learn(JSON.parse(text))
    for (const cookie of response.headers.getSetCookie()) requests.learn(nameAndValue(cookie))
    readMail()
    if (random(1, 50) === 1) advance(300)
  }
  t.strictSame(wrong.slice(0, 3), [], `${wrong.length} of ${turns.length} answers are not as documented`)
  const successes = [...seen].filter(([, statuses]) => [...statuses].some(status => status < 300))
  t.comment(`${turns.length} requests; ${[...seen].map(([id, s]) => `${id} ${[...s].sort().join(' ')}`).join('; ')}`)
  // No random request uses a passkey or answers for a provider.
  t.ok(successes.length > seen.size * 0.4, 'many operations succeeded with some request')
})
