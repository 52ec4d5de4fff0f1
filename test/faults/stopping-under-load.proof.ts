import t from 'tap'
import { type RunningServer, serveAsProcess } from '../cli/fixtures/running-server.js'
import { ada } from '../support/account.js'
import { secret } from '../support/secret.js'
import { createHistory } from './fixtures/history.js'
import { reconnectingClient } from './fixtures/reconnecting-client.js'
import { conclude } from './fixtures/report.js'
import { rounds } from './fixtures/rounds.js'

const stops = rounds(4)
const clients = 8
const requestsBetweenStops = 60
// Far more than it takes, for a machine that is busy.
t.setTimeout(60_000 + stops * 60_000)

/** The requests that had arrived and were not answered. */
function unanswered(server: RunningServer): unknown[] {
  const waiting = new Set<unknown>()
  for (const line of server.log()) {
    const reqId = Reflect.get(line, 'reqId')
    if (line.msg === 'incoming request') waiting.add(reqId)
    if (line.msg === 'request completed') waiting.delete(reqId)
  }
  return [...waiting]
}

t.test('SIGTERM under load, with a successor beside it, costs a client that reconnects no request', async t => {
  const folder = t.testdir({})
  // Each has a port of its own, but they are one service.
  const env = { DATABASE_URL: 'sqlite:auth.db', JWT_SECRET_KEY: secret, JWT_ISS: 'example', RATE_LIMITS: 'off' }
  const start = () => serveAsProcess(t, folder, env)
  const history = createHistory('SIGTERM')
  let server = await start()
  const client = reconnectingClient(server.url)
  t.teardown(() => client.end())
  const signedUp = await client.send('POST', '/auth/sign-up', { ...ada, transport: 'token' })
  const failures: string[] = []
  let answered = 0
  let isOver = false

  /** Refreshes, calls and signs in, over and over; the hash of a sign-in is what is under way the longest. */
  async function use(index: number): Promise<void> {
    let tokens = JSON.parse((await client.send('POST', '/auth/sign-in', { ...ada, transport: 'token' })).body)
    async function ask(...request: Parameters<typeof client.send>) {
      const [, path] = request
      const startedAt = Date.now()
      const { status, body } = await client.send(...request).catch(error => ({ status: null, body: String(error) }))
      const kind = path.endsWith('refresh') ? 'refresh' : path.endsWith('sign-in') ? 'signIn' : 'call'
      history.add({ kind, about: `client-${index}`, startedAt, endedAt: Date.now(), status })
      if (status === 200) answered += 1
      else failures.push(`${path} ${status} ${body}`)
      return status === 200 && kind !== 'call' ? JSON.parse(body) : tokens
    }
    while (!isOver) {
      tokens = await ask('POST', '/auth/refresh', { refreshToken: tokens.refreshToken })
      await ask('GET', '/auth/me', undefined, tokens.accessToken)
      if (index % 4 === 0) tokens = await ask('POST', '/auth/sign-in', { ...ada, transport: 'token' })
    }
  }

  t.equal(signedUp.status, 201)
  const uses = Promise.all(Array.from({ length: clients }, (_, index) => use(index)))
  const goOn = async () => {
    const enough = answered + requestsBetweenStops
    while (answered < enough && failures.length === 0) await new Promise(setImmediate)
  }
  for (let stop = 1; stop <= stops; stop += 1) {
    await goOn()
    const successor = await start()
    const startedAt = Date.now()
    server.signal('SIGTERM')
    await server.printed(/is stopping/)
    client.moveTo(successor.url)
    t.equal(await server.exitCode, 0, `stop ${stop}`)
    t.same(unanswered(server), [], 'whatever had come in was answered')
    history.add({ kind: 'fault', name: 'SIGTERM', startedAt, recoveredAt: Date.now() })
    server = successor
  }
  await goOn()
  isOver = true
  await uses
  t.same(failures, [], 'no request failed')
  t.comment(`${stops} stops, ${answered} requests, ${client.resent} sent again, none failed`)
  conclude(t, 'SIGTERM under load', history)
})
