import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import { expectState, stateOf } from '../../../lib/conformance/account-state.js'
import { randomUser } from '../../../lib/conformance/random-records.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { redisStorage } from '../../../lib/engines/redis.js'
import { privateRedis, withoutRedisServer } from './fixtures/private-redis.js'
import { connect, type drivers } from './fixtures/redis-connections.js'

const skip = withoutRedisServer()

async function untilItAnswers(storage: Storage): Promise<void> {
  while (
    await storage.ping().then(
      () => false,
      () => true,
    )
  )
    await sleep(20)
}

t.test(
  'with appendonly and appendfsync always, what was answered survives a kill in the middle of a storm',
  { skip },
  async t => {
    const server = await privateRedis(t, ['--appendonly', 'yes', '--appendfsync', 'always'])
    const storage = redisStorage({ client: await connect(t, 'ioredis', server.url) })
    const account = await storeAccount(storage)
    const created: string[] = []
    let generation = 0

    async function signUp(): Promise<void> {
      for (;;) {
        const user = randomUser()
        await storage.users.create(signUpOf(user))
        created.push(user.id)
      }
    }
    async function rotate(): Promise<void> {
      for (;;) {
        await storage.sessions.rotate(rotationOf(account, { generation }))
        generation += 1
      }
    }

    const storm = Promise.allSettled([signUp(), signUp(), signUp(), rotate()])
    await sleep(500)
    await server.kill()
    await storm
    await server.start()
    await untilItAnswers(storage)
    const found = await Promise.all(created.map(userId => storage.users.find({ userId })))
    t.ok(created.length > 0 && generation > 0)
    t.equal(found.filter(user => user === null).length, 0)
    const session = await storage.sessions.find({ sessionId: account.sessions[0].id, now: account.now })
    t.ok(session !== null && session.generation >= generation, 'no rotation was taken back')
  },
)

for (const driver of ['ioredis', 'redis'] satisfies (keyof typeof drivers)[]) {
  t.test(
    `while the server is down every method rejects immediately, and works again when it is back, by way of ${driver}`,
    { skip },
    async t => {
      const server = await privateRedis(t, ['--appendonly', 'yes', '--appendfsync', 'always'])
      const storage = redisStorage({ client: await connect(t, driver, server.url) })
      const account = await storeAccount(storage)
      const before = await stateOf(storage, account)
      await server.kill()
      const started = performance.now()
      await t.rejects(storage.users.find({ userId: account.user.id }))
      await t.rejects(storage.users.delete({ userId: account.user.id, now: account.now }))
      await t.rejects(storage.ping())
      t.ok(performance.now() - started < 1_000)
      await server.start()
      await untilItAnswers(storage)
      await expectState(storage, account, before, 'Nothing that was rejected is carried out later')
    },
  )
}
