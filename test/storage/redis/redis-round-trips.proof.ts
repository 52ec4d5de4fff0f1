import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { randomEmail, randomMessage, randomToken, randomUser } from '../../../lib/conformance/random-records.js'
import { storeUser } from '../../../lib/conformance/stored-records.js'
import { type IoredisClient, redisStorage } from '../../../lib/engines/redis.js'
import { connectIoredis, keySpace, withoutRedis } from './fixtures/redis-connections.js'

const skip = await withoutRedis()

/** A storage, and how many commands it sends for some work. */
async function countedStorage(t: Test) {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  let sent = 0
  const counted: IoredisClient = {
    call(command, words) {
      sent += 1
      return client.call(command, words)
    },
    duplicate: () => client.duplicate(),
  }
  const storage = redisStorage({ client: counted, keyPrefix })
  async function countOf(work: (storage: Storage) => Promise<unknown>): Promise<number> {
    await work(storage)
    sent = 0
    await work(storage)
    return sent
  }
  return { storage, countOf }
}

t.test('a mailed link costs a known address as many round trips as an unknown one', { skip }, async t => {
  const { storage, countOf } = await countedStorage(t)
  const user = await storeUser(storage)
  const known = await countOf(({ oneTimeTokens }) =>
    oneTimeTokens.issue({ token: randomToken(user, { purpose: 'resetPassword' }), messages: [randomMessage(user)] }),
  )
  const unknown = await countOf(({ oneTimeTokens }) => {
    const token = randomToken({ ...user, id: randomUUID() }, { purpose: 'resetPassword' })
    return oneTimeTokens.issue({ token, messages: [], messagesIfUnknown: [randomMessage(user, { userId: null })] })
  })
  t.same([known, unknown], [2, 2])
})

t.test(
  'a sign-up that needs confirmation costs a taken address as many round trips as a free one',
  { skip },
  async t => {
    const { storage, countOf } = await countedStorage(t)
    const taken = await storeUser(storage)
    const signUp = (email: string) => (it: Storage) => {
      const user = { ...randomUser(), email: email === '' ? randomEmail() : email }
      const token = randomToken(user, { purpose: 'confirmEmail' })
      const messagesIfTaken = [{ ...randomMessage(user), userId: null }]
      return it.users.create({ user, session: null, token, messages: [randomMessage(user)], messagesIfTaken })
    }
    t.same([await countOf(signUp(taken.email)), await countOf(signUp(''))], [2, 2])
  },
)

t.test('a sign-in looks for a known and an unknown address in one round trip', { skip }, async t => {
  const { storage, countOf } = await countedStorage(t)
  const { email } = await storeUser(storage)
  const find = (address: string) => countOf(({ users }) => users.findByEmail({ email: address }))
  t.same([await find(email), await find(randomEmail())], [1, 1])
})
