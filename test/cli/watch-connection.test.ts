import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { watchConnection } from '../../lib/cli/watch-connection.js'

/** A client whose pings get no reply, and the calls that it has received. */
function silentClient() {
  const calls: string[] = []
  let onPing = () => {}
  const pinged = new Promise<void>(resolve => {
    onPing = resolve
  })
  const client = {
    ping() {
      calls.push('ping')
      onPing()
      return new Promise<never>(() => {})
    },
    async connect() {
      calls.push('connect')
    },
    destroy: () => void calls.push('destroy'),
  }
  return { client, calls, pinged }
}

const limitSeconds = 0.02
const longAfterTheLimit = () => delay(200)

t.test('a connection whose ping gets no reply is replaced', async t => {
  const { client, calls } = silentClient()
  const alive = setInterval(() => {}, 1000)
  const stop = watchConnection(client, limitSeconds)
  await longAfterTheLimit()
  stop()
  clearInterval(alive)
  t.same(calls.slice(0, 3), ['ping', 'destroy', 'connect'])
})

t.test('a watch that is stopped during a ping leaves the connection alone', async t => {
  const { client, calls, pinged } = silentClient()
  const alive = setInterval(() => {}, 1000)
  const stop = watchConnection(client, limitSeconds)
  await pinged
  stop()
  await longAfterTheLimit()
  clearInterval(alive)
  t.same(calls, ['ping'])
})
