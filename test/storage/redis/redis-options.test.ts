import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster, createSentinel } from 'redis'
import t from 'tap'
import { type RedisStorageOptions, redisStorage } from '../../../lib/engines/redis.js'

const client = createClient()

const refusals: readonly (readonly [title: string, options: object, sentence: RegExp])[] = [
  ['an unknown option', { client, prefix: 'x' }, /^redisStorage has no option "prefix"$/],
  ['no client', {}, /^The option "client" of redisStorage must be a connected client: /],
  ['a client that is null', { client: null }, /^The option "client"/],
  ['a URL', { client: 'redis://localhost' }, /^The option "client"/],
  ['a cluster of redis', { client: createCluster({ rootNodes: [] }) }, /^The option "client"/],
  [
    'a sentinel of redis',
    { client: createSentinel({ name: 'x', sentinelRootNodes: [{ host: 'x', port: 1 }] }) },
    /"client"/,
  ],
  [
    'a client with a prefix of its own',
    { client: new Redis({ lazyConnect: true, keyPrefix: 'app:' }) },
    /^The client of redisStorage must not have a keyPrefix: pass the prefix to redisStorage instead$/,
  ],
  ['a push that is no yes or no', { client, push: 'yes' }, /^The option "push" of redisStorage must be true or false$/],
  ['a client that cannot be duplicated', { client: { call: async () => undefined } }, /^The option "client"/],
  ...['', 'a{b', 'a}', 'a\0', '\ud800', 'a'.repeat(101), 7].map(
    keyPrefix =>
      [
        `the prefix ${JSON.stringify(keyPrefix)}`,
        { client, keyPrefix },
        /^The option "keyPrefix" of redisStorage must be text of 1 to 100 characters, without \{ and \}$/,
      ] as const,
  ),
]

for (const [title, options, sentence] of refusals) {
  t.test(`${title} is refused`, async t => {
    t.throws(() => redisStorage(options as RedisStorageOptions), { name: 'TypeError', message: sentence })
  })
}

t.test('the clients of both drivers fit, and a cluster of ioredis', async t => {
  t.ok(redisStorage({ client }))
  t.ok(redisStorage({ client: new Redis({ lazyConnect: true }), keyPrefix: 'app of ours' }))
  t.ok(redisStorage({ client: new Cluster([], { lazyConnect: true }) }))
})
