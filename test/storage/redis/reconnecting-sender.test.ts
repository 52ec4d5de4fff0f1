import { once } from 'node:events'
import t from 'tap'
import { reconnectingSender } from '../../../lib/storage/redis/reconnecting-sender.js'
import type { NodeRedisClient, NodeRedisSubscriber } from '../../../lib/storage/redis/redis-client.js'

const replica = new Error("READONLY You can't write against a read only replica.")
const duplicate = () => ({}) as NodeRedisSubscriber

/** A client whose server is a replica until it is connected again. */
function clientOfReplica({ connect = async () => undefined as unknown } = {}) {
  const state = { isReplica: true, connections: 0, commands: 0 }
  const client: NodeRedisClient = {
    async sendCommand() {
      state.commands += 1
      if (state.isReplica) throw replica
      return 'OK'
    },
    async connect() {
      state.connections += 1
      await connect()
      state.isReplica = false
    },
    close: async () => undefined,
    duplicate,
  }
  return { state, client }
}

t.test('a command that a replica refuses is sent again on a new connection', async t => {
  const { state, client } = clientOfReplica()
  t.equal(await reconnectingSender(client)(['SET', 'a', 'b']), 'OK')
  t.hasStrict(state, { connections: 1, commands: 2 })
})

t.test('commands that fail concurrently share a connection, and commands meanwhile wait for it', async t => {
  const gate = new EventTarget()
  const { state, client } = clientOfReplica({ connect: () => once(gate, 'open') })
  const send = reconnectingSender(client)
  const failing = [send(['SET', 'a', '1']), send(['SET', 'b', '2'])]
  await new Promise(setImmediate)
  const waiting = send(['SET', 'c', '3'])
  await new Promise(setImmediate)
  gate.dispatchEvent(new Event('open'))
  t.same(await Promise.all([...failing, waiting]), ['OK', 'OK', 'OK'])
  t.hasStrict(state, { connections: 1, commands: 5 })
})

t.test('if the client cannot be connected again, the error of the replica is the answer', async t => {
  const { client } = clientOfReplica({
    connect: async () => {
      throw new Error('connection refused')
    },
  })
  await t.rejects(reconnectingSender(client)(['SET', 'a', 'b']), replica)
})

t.test('a connection that takes longer than a second leaves the error of the replica as the answer', async t => {
  // The timer of the sender keeps no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const { state, client } = clientOfReplica({ connect: () => new Promise(() => {}) })
  const startedAt = performance.now()
  await t.rejects(reconnectingSender(client)(['SET', 'a', 'b']), replica)
  t.ok(performance.now() - startedAt >= 999)
  t.hasStrict(state, { connections: 1, commands: 1 })
})

t.test('other errors are passed on, and a client without connect and close is left alone', async t => {
  const { state, client } = clientOfReplica()
  const { connect: _, close: __, ...bare } = client
  await t.rejects(reconnectingSender(bare)(['SET', 'a', 'b']), replica)
  const failing: NodeRedisClient = {
    ...client,
    async sendCommand() {
      throw new Error('WRONGTYPE')
    },
  }
  await t.rejects(reconnectingSender(failing)(['GET', 'a']), /WRONGTYPE/)
  t.equal(state.connections, 0)
})
