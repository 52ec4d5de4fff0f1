import t, { type Test } from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { rotationOf } from '../../../lib/conformance/account-requests.js'
import {
  randomEmail,
  randomPasswordHash,
  randomToken,
  randomUser,
  randomWord,
} from '../../../lib/conformance/random-records.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { storeAccount } from '../../../lib/conformance/stored-records.js'
import { redisStorage } from '../../../lib/engines/redis.js'
import { rounds } from '../../faults/fixtures/rounds.js'
import { connect, keySpace, withoutRedis } from './fixtures/redis-connections.js'

t.setTimeout(300_000)

const skip = await withoutRedis()
const racers = 16

/** Four connections, two of each driver, to one key space. */
async function connections(t: Test): Promise<readonly [Storage, ...Storage[]]> {
  const { keyPrefix } = await keySpace(t)
  const open = async (driver: 'ioredis' | 'redis') => redisStorage({ client: await connect(t, driver), keyPrefix })
  return [await open('ioredis'), await open('redis'), await open('ioredis'), await open('redis')]
}

function concurrently<Answer>(
  storages: readonly Storage[],
  attempt: (storage: Storage) => Promise<Answer>,
): Promise<Answer[]> {
  const lanes = Array.from({ length: racers / storages.length }, () => storages).flat()
  return Promise.all(lanes.map(attempt))
}

t.test(
  'of sixteen concurrent refreshes of one session one rotates and all succeed, round after round',
  { skip },
  async t => {
    const storages = await connections(t)
    const account = await storeAccount(storages[0])
    for (let generation = 0; generation < rounds(200); generation++) {
      const request = rotationOf(account, { generation, recordSuperseded: true })
      const answers = await concurrently(storages, storage => storage.sessions.rotate(request))
      const outcomes = answers.map(({ outcome }) => outcome).sort()
      const successors = answers.map(answer => ('session' in answer ? answer.session.generation : null))
      const expected = [...Array.from({ length: racers - 1 }, () => 'repeated'), 'rotated']
      if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `in round ${generation}`)
      if (new Set(successors).size > 1 || successors[0] !== generation + 1)
        t.same(
          successors,
          Array.from({ length: racers }, () => generation + 1),
          `in round ${generation}`,
        )
    }
    const session = await storages[0].sessions.find({ sessionId: account.sessions[0].id, now: account.now })
    t.equal(session?.generation, rounds(200))
  },
)

t.test('of sixteen concurrent calls with one token one consumes it, round after round', { skip }, async t => {
  const storages = await connections(t)
  const { user, now } = await storeAccount(storages[0])
  for (let round = 0; round < rounds(100); round++) {
    const token = randomToken(user, { purpose: 'resetPassword' })
    await storages[0].oneTimeTokens.issue({ token, messages: [] })
    const answers = await concurrently(storages, async storage => {
      const newHash = randomPasswordHash()
      const answer = await storage.oneTimeTokens.resetPassword({ hash: token.hash, newHash, messages: [], now })
      return answer.outcome === 'reset' ? [newHash] : []
    })
    const stored = await storages[0].users.find({ userId: user.id })
    t.same(answers.flat(), [stored?.passwordHash], 'one password is set, and its setter knows')
  }
})

t.test(
  'of sixteen concurrent sign-ups with one address and one username one is created, round after round',
  { skip },
  async t => {
    const storages = await connections(t)
    for (let round = 0; round < rounds(100); round++) {
      const email = randomEmail()
      const username = randomWord()
      const signUp = () => signUpOf(randomUser({ email, username }))
      const answers = await concurrently(storages, storage => storage.users.create(signUp()))
      t.equal(answers.filter(({ outcome }) => outcome === 'created').length, 1)
    }
    t.equal(await storages[0].users.count(), rounds(100))
  },
)
