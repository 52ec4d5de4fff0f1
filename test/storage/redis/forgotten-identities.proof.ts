import t from 'tap'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { openWith, storeIdentity } from '../../../lib/features/providers/conformance/identity-account.js'
import { storeFlow } from '../../../lib/features/providers/conformance/provider-flow.js'
import { unlinkOf } from '../../../lib/features/providers/conformance/unlink-identity-cases.js'
import { storageOf, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()

t.test('a session of a provider that Redis has forgotten does not end with its identity', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  const account = await storeAccount(storage)
  const identity = await storeIdentity(storage, account)
  const forgotten = await openWith(storage, account, identity)
  const { session } = await openWith(storage, account, forgotten.identity)
  await client.del(`{${keyPrefix}}:session:${forgotten.session.id}`)
  const answer = await storage.identities.unlink(unlinkOf(account, identity))
  t.match(answer, { outcome: 'unlinked', revokedSessionIds: [session.id] })
})

t.test('a flow that Redis has forgotten can be claimed again, and is purged once', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  const flow = await storeFlow(storage)
  await client.del(`{${keyPrefix}}:provider-flow:${flow.flowId}`)
  t.same(await storage.providerFlows.claim(flow), { outcome: 'claimed' })
  const end = flow.expiresAt
  const purge = { now: end, revokedBefore: 0, eventsBefore: 0, limit: 10 }
  t.equal((await storage.purge(purge)).providerFlows, 1)
  t.equal((await storage.purge(purge)).providerFlows, 0)
})

t.test('Redis forgets a flow by itself a day after its end, whenever it was settled', { skip }, async t => {
  const { storage, keyPrefix, client } = await storageOf(t)
  const { flowId, now, expiresAt } = await storeFlow(storage)
  const day = 86_400_000
  const minutesLeft = async () => Math.ceil((await client.pttl(`{${keyPrefix}}:provider-flow:${flowId}`)) / 60_000)
  t.equal(await minutesLeft(), (expiresAt - now + day) / 60_000)
  await storage.providerFlows.settle({ flowId, result: 'x', now: now + 60_000 })
  t.equal(await minutesLeft(), (expiresAt - now + day) / 60_000 - 1)
})
