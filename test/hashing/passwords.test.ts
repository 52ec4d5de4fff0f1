import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { bcryptHasher } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { custom } from '../../lib/hashing/formats/custom.js'
import { createPasswords, type PasswordsOptions } from '../../lib/hashing/passwords.js'
import { createPepperRing } from '../../lib/hashing/pepper-ring.js'
import type { PasswordHash } from '../../lib/storage/records.js'
import { recordHashing } from './fixtures/hashing-work.js'
import { knownHashes } from './fixtures/known-hashes.js'

const cost = 6
const options: PasswordsOptions = {
  hasher: bcryptHasher(cost),
  peppers: createPepperRing([]),
  concurrency: 2,
  queueLimit: 100,
}
const passwords = createPasswords(options)
const right = 'correct horse battery'

const hashOfCost = async (password: string, cost: number) => (await bcryptHasher(cost).hash(password)) as PasswordHash

/** The hash of the right password by another system. */
function imported(format: string): PasswordHash {
  const known = knownHashes.find(hash => hash.format === format && hash.password === right)
  return known?.stored as PasswordHash
}

const unreadable = [
  '',
  'plaintext',
  '$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
  '$bcrypt-sha256$v=2,t=2b,r=31$',
  '$2b$31$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.',
] as readonly string[] as readonly PasswordHash[]

t.test('a password verifies against its hash and another does not', async t => {
  const hash = await passwords.hash('correct horse', null)
  t.equal(await passwords.verify('correct horse', hash, null), true)
  t.equal(await passwords.verify('correct horsf', hash, null), false)
})

t.test('a new hash is what the hasher makes', async t => {
  t.match(await passwords.hash('correct horse', null), /^\$bcrypt-sha256\$v=2,t=2b,r=6\$/)
})

t.test('a composed and a decomposed accent are one password', async t => {
  const composed = await passwords.hash('caf\u00e9', null)
  const decomposed = await passwords.hash('cafe\u0301', null)
  t.equal(await passwords.verify('cafe\u0301', composed, null), true)
  t.equal(await passwords.verify('caf\u00e9', decomposed, null), true)
})

t.test('an imported hash is verified with the normal form of the password, however that is typed', async t => {
  const composed = '$pbkdf2-sha256$1$c2FsdA$Yu4TpmhtpNaSoC/Jxp/U92IAQIHt27wUHqRv7H/X0fg' as PasswordHash
  t.equal(await passwords.verify('caf\u00e9', composed, null), true)
  t.equal(await passwords.verify('cafe\u0301', composed, null), true)
})

t.test('an unknown user, a right and a wrong password cost one hash each, of the same cost', async t => {
  const hash = await passwords.hash('correct horse', null)
  const work = recordHashing(t)
  t.equal(await passwords.verify('correct horse', null, null), false)
  t.equal(await passwords.verify('correct horse', hash, null), true)
  t.equal(await passwords.verify('wrong horse', hash, null), false)
  t.same(work(), Array(3).fill('bcrypt 6'))
})

t.test('a stored hash that cannot be read costs what a wrong password costs, and says why', async t => {
  const work = recordHashing(t)
  for (const stored of unreadable) {
    t.same(await passwords.check('correct horse', stored, null), { isRight: false, reason: 'hash_unreadable' }, stored)
    t.equal(await passwords.verify(stored, stored, null), false, `${stored} against itself`)
    t.same(work(), ['bcrypt 6', 'bcrypt 6'])
  }
})

t.test('a wrong password against cheaper bcrypt costs as many rounds as one of today', async t => {
  const plain = '$2b$05$Z17AXnnlpzddNUvnC6cZNOSwMA/8oNiKnHTHTwLlBijfucQQlHjaG' as PasswordHash
  for (const stored of [await hashOfCost('correct horse', 4), await hashOfCost('correct horse', 5), plain]) {
    const work = recordHashing(t)
    t.same(await passwords.check('wrong horse', stored, null), { isRight: false, reason: 'wrong_password' })
    const rounds = work().map(hash => 2 ** Number(hash.replace('bcrypt ', '')))
    t.equal(
      rounds.reduce((sum, each) => sum + each),
      2 ** cost,
    )
  }
})

t.test('a wrong password against a hash of another kind runs a whole new hash beside it', async t => {
  const kinds = { scrypt: 'scrypt', 'pbkdf2-sha256': 'pbkdf2' }
  for (const [format, job] of Object.entries(kinds)) {
    const work = recordHashing(t)
    t.same(await passwords.check('wrong horse', imported(format), null), { isRight: false, reason: 'wrong_password' })
    t.same(work().sort(), ['bcrypt 6', job])
  }
  const argon2id =
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4' as PasswordHash
  const work = recordHashing(t)
  t.same(await passwords.check('wrong horse', argon2id, null), { isRight: false, reason: 'wrong_password' })
  t.same(work().sort(), ['argon2id 256 2', 'bcrypt 6'])
})

t.test('the right password verifies against hashes of other costs and kinds', async t => {
  for (const otherCost of [4, 7]) {
    t.equal(await passwords.verify('correct horse', await hashOfCost('correct horse', otherCost), null), true)
  }
  for (const format of ['bcrypt', 'scrypt', 'pbkdf2-sha256']) {
    t.equal(await passwords.verify(right, imported(format), null), true, format)
  }
})

t.test('a hash as good as a new one, or better, stays', async t => {
  for (const goodEnough of [6, 7]) {
    const stored = await hashOfCost(right, goodEnough)
    t.same(await passwords.check(right, stored, null), { isRight: true, hash: stored, rehash: { outcome: 'current' } })
  }
})

t.test('a weaker hash, or one of another kind, comes with a new one of the same password', async t => {
  for (const stored of [await hashOfCost(right, 5), ...['bcrypt', 'scrypt', 'pbkdf2-sha256'].map(imported)]) {
    const check = await passwords.check(right, stored, null)
    const rehash = check.isRight && check.rehash.outcome === 'hashed' ? check.rehash : { hash: null }
    t.match(rehash.hash, /^\$bcrypt-sha256\$v=2,t=2b,r=6\$/, stored)
    t.same(await passwords.check(right, rehash.hash, null), {
      isRight: true,
      hash: rehash.hash,
      rehash: { outcome: 'current' },
    })
    t.equal(await passwords.verify(`${right} `, rehash.hash, null), false)
  }
})

t.test('a right password stays right if a new hash cannot be made', async t => {
  const broken = { ...bcryptHasher(cost), hash: () => Promise.reject(new Error('out of memory')) }
  const unable = createPasswords({ ...options, hasher: broken })
  for (const stored of [await hashOfCost(right, 5), imported('scrypt')]) {
    t.same(await unable.check(right, stored, null), { isRight: true, hash: stored, rehash: { outcome: 'failed' } })
    t.same(await unable.check('wrong horse', stored, null), { isRight: false, reason: 'wrong_password' })
  }
})

const reversed = custom({
  identifies: stored => stored.startsWith('$reversed$') || stored.startsWith('$2b$') || stored.startsWith('$pepper$'),
  verifies: (password, stored) => stored === `$reversed$${Array.from(password).reverse().join('')}`,
})

t.test('a format of one’s own verifies what no other format identifies, and is replaced as others are', async t => {
  const withCustom = createPasswords({ ...options, formats: [reversed] })
  const stored = `$reversed$${Array.from(right).reverse().join('')}` as PasswordHash
  t.hasStrict(await withCustom.check(right, stored, null), { isRight: true, rehash: { outcome: 'hashed' } })
  t.hasStrict(await withCustom.check('wrong horse', stored, null), { isRight: false, reason: 'wrong_password' })
  t.equal(await withCustom.verify(right, imported('bcrypt'), null), true, 'plain bcrypt is known already')
  t.hasStrict(await passwords.check(right, stored, null), { reason: 'hash_unreadable' })
})

t.test('a format of one’s own that throws fails the check, and gives its place back', async t => {
  const failing = custom({
    identifies: () => true,
    verifies: () => {
      throw new Error('the old library is gone')
    },
  })
  const withFailing = createPasswords({ ...options, formats: [failing] })
  await t.rejects(withFailing.verify(right, '$old$' as PasswordHash, null), { message: 'the old library is gone' })
  t.equal(withFailing.queue.running, 0)
})

t.test('a right password against cheaper bcrypt costs its check and the new hash, and no more', async t => {
  const stored = await hashOfCost(right, 4)
  const work = recordHashing(t)
  t.hasStrict(await passwords.check(right, stored, null), { isRight: true, rehash: { outcome: 'hashed' } })
  t.same(work(), ['bcrypt 4', 'bcrypt 6'])
})

t.test('a check that fails keeps its place until the new hash beside it has ended too', async t => {
  let endHashing = (_hash: string) => {}
  const held = new Promise<string>(resolve => {
    endHashing = resolve
  })
  const failing = custom({ identifies: () => true, verifies: () => Promise.reject(new Error('gone')) })
  const hasher = { ...bcryptHasher(cost), hash: () => held }
  const { check, queue } = createPasswords({ ...options, hasher, formats: [failing] })
  const checked = t.rejects(check(right, '$old$' as PasswordHash, null), { message: 'gone' })
  await nextTurn()
  t.equal(queue.running, 1)
  endHashing('$new$')
  await checked
  t.equal(queue.running, 0)
})

t.test('one check is one job of the queue, with any stored hash', async t => {
  const stored = [null, await passwords.hash(right, null), await hashOfCost(right, 4), ...unreadable]
  const foreign = ['bcrypt', 'scrypt', 'pbkdf2-sha256'].map(imported)
  for (const hash of [...stored, ...foreign]) {
    for (const password of [right, 'wrong horse']) {
      const runs = t.capture(passwords.queue, 'run', passwords.queue.run)
      await passwords.check(password, hash, null)
      t.equal(runs().length, 1, String(hash))
    }
  }
})

t.test('hashing, verifying and the decoy all wait in one queue', async t => {
  const tight = createPasswords({ ...options, concurrency: 1, queueLimit: 0 })
  const hash = await tight.hash('correct horse', null)
  const requests = [
    () => tight.hash('correct horse', null),
    () => tight.verify('correct horse', hash, null),
    () => tight.check('correct horse', hash, null),
    () => tight.verify('correct horse', null, null),
    () => tight.verify('correct horse', imported('scrypt'), null),
    () => tight.verify('correct horse', 'unreadable' as PasswordHash, null),
  ]
  for (const running of requests) {
    const first = running()
    t.same([tight.queue.running, tight.queue.waiting], [1, 0])
    for (const refused of requests) await t.rejects<unknown>(refused(), { code: 'FAST_AUTH_HASHING_BUSY' })
    await first
    t.equal(tight.queue.running, 0)
  }
})

t.test('a password that cannot be hashed is refused, user or no user, and gives its place back', async t => {
  const hash = await passwords.hash('correct horse', null)
  const work = recordHashing(t)
  for (const password of ['correct\ud800', 'correct\0']) {
    await t.rejects(passwords.hash(password, null), TypeError)
    for (const stored of [hash, null, imported('bcrypt'), 'unreadable' as PasswordHash]) {
      await t.rejects(passwords.verify(password, stored, null), TypeError)
    }
  }
  t.same(work(), [])
  t.equal(passwords.queue.running, 0)
})
