import { EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { drainConnections } from '../../lib/cli/drain-connections.js'
import { stopGracefully } from '../../lib/cli/stop-gracefully.js'

function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

interface Slow {
  readonly app: FastifyInstance
  /** The URL of a route that waits before it answers. */
  readonly url: string
  /** The URL of a route that sends the first word immediately, and then waits. */
  readonly streamUrl: string
  /** Resolves when a request has come in. */
  readonly asked: Promise<void>
  /** Lets it be answered. */
  answer(): void
}

async function slowApp(t: Test): Promise<Slow> {
  const app = Fastify({ forceCloseConnections: 'idle' })
  drainConnections(app)
  const asking = gate()
  const answering = gate()
  app.get('/', async () => {
    asking.open()
    await answering.opened
    return 'at last'
  })
  app.get('/stream', (_, reply) => {
    const body = new PassThrough()
    body.write('at')
    answering.opened.then(() => body.end(' last'))
    reply.send(body)
  })
  t.teardown(async () => {
    answering.open()
    await app.close()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, url, streamUrl: `${url}/stream`, asked: asking.opened, answer: answering.open }
}

/** Resolves when no process listens there any more. */
async function closed(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  for (;;) {
    const socket = connect(Number(port), hostname)
    try {
      await once(socket, 'connect')
      socket.destroy()
      await sleep(5)
    } catch {
      return
    }
  }
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  t.test(
    `after ${signal} no client can connect, pending requests are answered, and the process exits with 0`,
    async t => {
      const { app, url, asked, answer } = await slowApp(t)
      const signals = new EventEmitter()
      const exitCode = stopGracefully(app, signals)
      const response = fetch(url)
      await asked
      signals.emit(signal)
      await closed(url)
      answer()
      t.equal(await (await response).text(), 'at last')
      t.equal((await response).headers.get('connection'), 'close')
      t.equal(await exitCode, 0)
    },
  )
}

t.test('an answer that had begun before the signal is finished', async t => {
  const { app, url, streamUrl, answer } = await slowApp(t)
  const signals = new EventEmitter()
  const exitCode = stopGracefully(app, signals)
  const response = await fetch(streamUrl)
  signals.emit('SIGTERM')
  await closed(url)
  answer()
  t.equal(await response.text(), 'at last')
  t.equal(await exitCode, 0)
})

t.test('without a signal connections are kept alive', async t => {
  const { url, answer } = await slowApp(t)
  answer()
  t.equal((await fetch(url)).headers.get('connection'), 'keep-alive')
})

t.test('a connection that is kept alive without a request does not hold the stop up', async t => {
  const { app, url, answer } = await slowApp(t)
  answer()
  await (await fetch(url)).text()
  const signals = new EventEmitter()
  const exitCode = stopGracefully(app, signals)
  signals.emit('SIGTERM')
  t.equal(await exitCode, 0)
})

t.test('a second signal ends the process with 1 immediately', async t => {
  const { app, url, asked, answer } = await slowApp(t)
  const signals = new EventEmitter()
  const exitCode = stopGracefully(app, signals)
  const response = fetch(url)
  await asked
  signals.emit('SIGTERM')
  signals.emit('SIGINT')
  t.equal(await exitCode, 1)
  answer()
  await response
})

t.test('a request that outlives the limit ends with 1', async t => {
  const { app, url, asked, answer } = await slowApp(t)
  const signals = new EventEmitter()
  const exitCode = stopGracefully(app, signals, { limitMilliseconds: 50 })
  const response = fetch(url)
  await asked
  signals.emit('SIGTERM')
  t.equal(await exitCode, 1)
  answer()
  await response
})

t.test('a process that cannot close its application exits with 1', async t => {
  const app = Fastify()
  app.addHook('onClose', async () => {
    throw new Error('the database is gone')
  })
  await app.ready()
  const signals = new EventEmitter()
  const exitCode = stopGracefully(app, signals)
  signals.emit('SIGTERM')
  t.equal(await exitCode, 1)
})
