import t from 'tap'
import { expectState, stateOf } from '../../../lib/conformance/account-state.js'
import { randomUser } from '../../../lib/conformance/random-records.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { type drivers, storageOf, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()

for (const driver of ['ioredis', 'redis'] satisfies (keyof typeof drivers)[]) {
  t.test(`scripts are sent again to a server that has lost them, by way of ${driver}`, { skip }, async t => {
    const { storage, client } = await storageOf(t, driver)
    const account = await storeAccount(storage)
    const before = await stateOf(storage, account)
    await client.script('FLUSH')
    await expectState(storage, account, before, 'What reads finds its scripts')
    await client.script('FLUSH')
    const { outcome } = await storage.users.create(signUpOf(randomUser()))
    t.equal(outcome, 'created')
  })
}

t.test('other errors of Redis are rethrown unchanged', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  await client.sadd(`{${keyPrefix}}:email:ann@example.com`, 'not a string')
  await t.rejects(storage.users.findByEmail({ email: 'ann@example.com' }), { message: /WRONGTYPE/ })
})
