import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { redisStorage } from '../../lib/engines/redis.js'
import { sender } from '../../lib/storage/redis/redis-client.js'
import { connect, type drivers, keySpace, withoutRedis } from './redis/fixtures/redis-connections.js'

t.setTimeout(900_000)

const skip = await withoutRedis()

for (const driver of ['ioredis', 'redis'] satisfies (keyof typeof drivers)[]) {
  t.test(`the Redis storage keeps the contract of the port with ${driver}, on two connections`, { skip }, async t => {
    const { keyPrefix } = await keySpace(t)
    const client = await connect(t, driver)
    const another = await connect(t, driver)
    const operator = sender(await connect(t))

    async function cut() {
      const id = await sender(client)(['CLIENT', 'ID'])
      await operator(['CLIENT', 'KILL', 'ID', String(id)])
    }

    await Promise.all(
      storageConformance(
        t.test,
        async () => ({
          storage: redisStorage({ client, keyPrefix }),
          connect: async () => redisStorage({ client: another, keyPrefix }),
        }),
        { cut, push: true },
      ),
    )
  })
}
