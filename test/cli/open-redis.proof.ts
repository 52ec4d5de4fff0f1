import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { readDatabase } from '../../lib/cli/database-url.js'
import { openStorage } from '../../lib/cli/open-storage.js'
import type { Storage } from '../../lib/composition/storage.js'
import { randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { breakableServer } from '../support/breakable-server.js'

const skip = withoutRedisServer()
const durable = ['--appendonly', 'yes'] as const

const open = (url: string): Promise<Storage> => openStorage(readDatabase({ DATABASE_URL: url }), '.')

/** The warnings of the process while the test runs. */
function warningsOf(t: Test): string[] {
  const warnings: string[] = []
  const note = ({ message }: Error) => void warnings.push(message)
  process.on('warning', note)
  t.teardown(() => process.off('warning', note))
  return warnings
}

t.test('DATABASE_URL with redis opens a storage, and closing it twice closes it', { skip }, async t => {
  const warnings = warningsOf(t)
  const { url } = await privateRedis(t, durable)
  const storage = await open(`${url}/3`)
  const user = randomUser()
  await storage.users.create(signUpOf(user))
  t.same(await storage.users.find({ userId: user.id }), user)
  await Promise.all([storage.close(), storage.close()])
  await t.rejects(storage.ping(), 'the connection is closed')
  t.same(warnings, [])
})

t.test('a server without an append-only file is warned of', { skip }, async t => {
  const warnings = warningsOf(t)
  const { url } = await privateRedis(t)
  const storage = await open(url)
  await storage.close()
  await sleep(0)
  t.same(warnings, [
    'Redis writes no append-only file: if it stops, it loses sign-ups and sign-outs since its last snapshot. Set appendonly to yes and appendfsync to always',
  ])
})

t.test('a server that refuses to show its settings causes no warning', { skip }, async t => {
  const warnings = warningsOf(t)
  const { url } = await privateRedis(t, ['--user', 'default', 'on', 'nopass', '~{fast-auth}:*', '+@all', '-info'])
  const storage = await open(url)
  await storage.close()
  await sleep(0)
  t.same(warnings, [])
})

t.test(
  'if no server answers or the password is wrong, the message names the setting, and not the password',
  { skip },
  async t => {
    const { url, kill } = await privateRedis(t, ['--requirepass', 'hunter2'], 'hunter2')
    const [, host] = url.split('@')
    const refused =
      /^Redis refuses the user or the password of DATABASE_URL, or requires one \((WRONGPASS|NOAUTH) [^@]*$/
    await t.rejects(open(`redis://:swordfish@${host}`), { message: refused })
    await t.rejects(open(`redis://${host}`), { message: refused })
    await t.rejects(open(`${url}/9999`), { message: 'Cannot connect to Redis: ERR DB index is out of range' })
    await kill()
    await t.rejects(open(url), {
      message: `No Redis answers at the host and port of DATABASE_URL. Check that it runs and that this machine can reach it (connect ECONNREFUSED ${host})`,
    })
  },
)

t.test('the message names missing permissions, and a replica', { skip }, async t => {
  const primary = await privateRedis(t, durable)
  const { port } = new URL(primary.url)
  const replica = await privateRedis(t, [...durable, '--replicaof', `127.0.0.1 ${port}`])
  await t.rejects(open(replica.url), {
    message:
      'Cannot prepare the database: Redis at this address is a read-only replica: give the address of its primary',
  })
  const { url } = await privateRedis(t, ['--user', 'default', 'on', 'nopass', '~*', '+@all', '-@write', '-@scripting'])
  await t.rejects(open(url), {
    message: /^Cannot prepare the database: The user of DATABASE_URL lacks a privilege\. Grant it \(NOPERM /,
  })
})

async function untilItAnswers(storage: Storage): Promise<void> {
  while (
    await storage.ping().then(
      () => false,
      () => true,
    )
  )
    await sleep(20)
}

t.test('a connection that leads nowhere any more is replaced', { skip }, async t => {
  const between = await breakableServer(t, (await privateRedis(t, durable)).url)
  const storage = await open(between.url)
  t.teardown(() => storage.close())
  between.loseConnections()
  await t.rejects(storage.ping(), 'in the end it reports that the connection is gone')
  await untilItAnswers(storage)
  t.equal(await storage.users.count(), 0)
})

t.test('a connection that breaks is made again; until then methods reject', { skip }, async t => {
  const server = await privateRedis(t, durable)
  const storage = await open(server.url)
  t.teardown(() => storage.close())
  await server.kill()
  await t.rejects(storage.ping())
  await server.start()
  await untilItAnswers(storage)
  t.equal(await storage.users.count(), 0)
})

t.test('a storage whose server is gone can be closed', { skip }, async t => {
  const server = await privateRedis(t, durable)
  const storage = await open(server.url)
  await server.kill()
  await t.rejects(storage.ping())
  await t.resolves(storage.close())
})
