import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { postgresServer } from '../support/database-server.js'
import { secret } from '../support/secret.js'
import { authorize, startExample } from './fixtures/start-example.js'

const postgres = await postgresServer()

interface Greeting {
  readonly process: number
  readonly from: string
}

/** Says hello from another address of this machine, with a header that lies about it. */
function helloFrom(localAddress: string, url: string, headers: { authorization: string }): Promise<Greeting> {
  return new Promise((answered, failed) => {
    const sent = { localAddress, headers: { ...headers, 'x-forwarded-for': '203.0.113.7' } }
    request(`${url.replace('localhost', '127.0.0.1')}/hello`, sent, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => answered(JSON.parse(text)))
    })
      .on('error', failed)
      .end()
  })
}

t.test(
  'a session that one process has revoked is refused by the other, behind the proxy of the example',
  {
    skip: postgres.missing,
  },
  async t => {
    const variables = { DATABASE_URL: await postgres.createDatabase(t) }
    const { url } = await startExample(t, 'behind-a-proxy/start.js', { variables })
    const headers = await authorize(url, 'sign-up')
    const statusOfHello = async () => (await fetch(`${url}/hello`, { headers })).status

    const greetings = await Promise.all(Array.from({ length: 4 }, () => helloFrom('127.0.0.2', url, headers)))
    t.equal(new Set(greetings.map(({ process }) => process)).size, 2, 'both processes know the session')
    t.same([...new Set(greetings.map(({ from }) => from))], ['127.0.0.2'], 'the proxy is trusted, and no other client')

    t.equal((await fetch(`${url}/auth/sign-out`, { method: 'POST', headers })).status, 204)
    // The proxy takes them in turn: two answers are one of each process.
    const bothRefuse = async () => (await statusOfHello()) === 401 && (await statusOfHello()) === 401
    const until = Date.now() + 20_000
    while (!(await bothRefuse()) && Date.now() < until) await sleep(100)
    t.ok(await bothRefuse())
  },
)

t.test('a process of the example ends by itself when its proxy has ended', { skip: postgres.missing }, async t => {
  const env = { PATH: process.env.PATH, AUTH_SECRET: secret, PUBLIC_URL: 'http://localhost:3000' }
  const child = fork(resolve('examples/behind-a-proxy/app.js'), {
    env: { ...env, DATABASE_URL: await postgres.createDatabase(t) },
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [port] = await once(child, 'message')
  await authorize(`http://127.0.0.1:${port}`, 'sign-up')
  const ended = once(child, 'exit')
  child.disconnect()
  t.same(await ended, [0, null])
})

t.test('the example on Redis still has its users after a restart', { skip: withoutRedisServer() }, async t => {
  const { url: redisUrl } = await privateRedis(t)
  const variables = { REDIS_URL: redisUrl }
  const first = await startExample(t, 'redis.js', { variables })
  t.equal((await fetch(`${first.url}/hello`)).status, 401)
  t.equal((await fetch(`${first.url}/hello`, { headers: await authorize(first.url, 'sign-up') })).status, 200)
  await first.kill()
  const second = await startExample(t, 'redis.js', { variables })
  const hello = await fetch(`${second.url}/hello`, { headers: await authorize(second.url, 'sign-in') })
  t.same(await hello.json(), { hello: 'ada@example.com' })
})
