import t from 'tap'
import { bcryptHasher } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { createPasswords } from '../../lib/hashing/passwords.js'
import { createPepperRing } from '../../lib/hashing/pepper-ring.js'

const right = 'correct horse battery'

t.test('a hash of a request is counted before it waits, and taken back only if there is no place for it', async t => {
  const counted: string[] = []
  const origin = { client: { ip: '192.0.2.1', userAgent: null, requestId: null }, knownUserId: null }
  const tight = createPasswords({
    hasher: bcryptHasher(6),
    peppers: createPepperRing([]),
    concurrency: 1,
    queueLimit: 0,
    async admit({ client: { ip } }) {
      counted.push(`count ${ip}`)
      return { turn: { network: 'a', isFirst: false }, takeBack: async () => counted.push('take back') }
    },
  })
  const hash = await tight.hash(right, origin)
  t.equal(await tight.verify(right, hash, origin), true)
  t.equal(await tight.verify(right, hash, null), true)
  await t.rejects(tight.hash('correct\0', origin), TypeError)
  t.same(counted, Array(3).fill('count 192.0.2.1'))
  counted.length = 0
  const running = tight.hash(right, null)
  await t.rejects(tight.check(right, hash, origin), { code: 'FAST_AUTH_HASHING_BUSY' })
  await running
  t.same(counted, ['count 192.0.2.1', 'take back'])
})
