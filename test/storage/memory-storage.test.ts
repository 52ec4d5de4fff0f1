import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { randomTime, randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { memoryStorage } from '../../lib/engines/memory.js'

t.test('the memory storage keeps the contract of the port', async t => {
  storageConformance(t.test, async () => ({ storage: memoryStorage() }))
})

t.test('two memory storages have nothing in common', async t => {
  const user = randomUser()
  await memoryStorage().users.create(signUpOf(user))
  t.equal(await memoryStorage().users.find({ userId: user.id }), null)
})

t.test('after close every method rejects', async t => {
  const storage = memoryStorage()
  await storage.close()
  const closed = { message: 'The memory storage is closed' }
  await t.rejects(storage.users.find({ userId: 'x' }), closed)
  await t.rejects(storage.revocations.list({ since: randomTime(), limit: 1 }), closed)
  await t.rejects(storage.purge({ now: 0, revokedBefore: 0, eventsBefore: 0, limit: 1 }), closed)
  await t.rejects(storage.migrate(), closed)
  await t.rejects(storage.ping(), closed)
})

t.test('a closed memory storage can be closed again', async t => {
  const storage = memoryStorage()
  await storage.close()
  await t.resolves(storage.close())
})
