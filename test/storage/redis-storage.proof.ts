import t from 'tap'
import { conformanceTitles, storageConformance } from '../../lib/conformance/index.js'
import { redisStorage } from '../../lib/engines/redis.js'
import { sender } from '../../lib/storage/redis/redis-client.js'
import { connect, type drivers, keySpace, withoutRedis } from './redis/fixtures/redis-connections.js'

t.setTimeout(900_000)

const skip = await withoutRedis()
const races = conformanceTitles.filter(title => title.startsWith('race: '))

/** The cases that each driver skips. Both send the same scripts, so the races of one suffice. */
const skipped = { ioredis: [], redis: races } satisfies Record<keyof typeof drivers, readonly string[]>

for (const driver of ['ioredis', 'redis'] as const) {
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
        { cut, push: true, skip: skipped[driver] },
      ),
    )
  })
}
