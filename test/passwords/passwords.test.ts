import bcrypt from 'bcrypt'
import t, { type Test } from 'tap'
import { bcryptSha256 } from '../../lib/passwords/bcrypt-sha256.js'
import { createPasswords } from '../../lib/passwords/passwords.js'
import type { PasswordHash } from '../../lib/storage/records.js'

const cost = 6
const passwords = createPasswords({ cost, concurrency: 2, queueLimit: 100 })

const hashOfCost = async (password: string, cost: number) => (await bcryptSha256.hash(password, cost)) as PasswordHash

/** The bcrypt costs of the hashes made from here on in this test. */
function recordCosts(t: Test): () => number[] {
  const calls = t.capture(bcrypt, 'hash', bcrypt.hash)
  return () => calls().map(({ args }) => Number(String(args[1]).split('$')[2]))
}

t.test('a password verifies against its hash and another does not', async t => {
  const hash = await passwords.hash('correct horse')
  t.equal(await passwords.verify('correct horse', hash), true)
  t.equal(await passwords.verify('correct horsf', hash), false)
})

t.test('a new hash is bcrypt-sha256 of the configured cost', async t => {
  t.equal(bcryptSha256.cost(await passwords.hash('correct horse')), cost)
})

t.test('the cost is 12 where none is configured', async t => {
  const byDefault = createPasswords({ concurrency: 1, queueLimit: 0 })
  t.equal(bcryptSha256.cost(await byDefault.hash('correct horse')), 12)
})

t.test('a cost that cannot be had is refused before anything is hashed', async t => {
  for (const cost of [3, 21]) {
    t.throws(() => createPasswords({ cost, concurrency: 1, queueLimit: 0 }), RangeError)
  }
})

t.test('an unknown user, a right and a wrong password cost one hash each, of the same cost', async t => {
  const hash = await passwords.hash('correct horse')
  const costs = recordCosts(t)
  t.equal(await passwords.verify('correct horse', null), false)
  t.equal(await passwords.verify('correct horse', hash), true)
  t.equal(await passwords.verify('wrong horse', hash), false)
  t.same(costs(), [cost, cost, cost])
})

t.test('a stored hash that cannot be read costs what a wrong password costs', async t => {
  const costs = recordCosts(t)
  const unreadable = [
    '',
    'plaintext',
    '$argon2id$v=19$m=4194304,t=1,p=1$c2FsdA$aGFzaA',
    '$bcrypt-sha256$v=2,t=2b,r=31$',
  ]
  for (const stored of unreadable) {
    t.equal(await passwords.verify('correct horse', stored as PasswordHash), false, stored)
    t.equal(await passwords.verify(stored, stored as PasswordHash), false, `${stored} against itself`)
  }
  t.same(
    costs(),
    unreadable.flatMap(() => [cost, cost]),
  )
})

t.test('a wrong password against a cheaper hash costs as many rounds as one of today', async t => {
  for (const olderCost of [4, 5]) {
    const hash = await hashOfCost('correct horse', olderCost)
    const costs = recordCosts(t)
    t.equal(await passwords.verify('wrong horse', hash), false)
    const rounds = costs().reduce((sum, cost) => sum + 2 ** cost, 0)
    t.equal(rounds, 2 ** cost)
  }
})

t.test('the right password verifies against hashes of other costs', async t => {
  for (const otherCost of [4, 7]) {
    t.equal(await passwords.verify('correct horse', await hashOfCost('correct horse', otherCost)), true)
  }
})

t.test('hashing, verifying and the decoy all wait in one queue', async t => {
  const tight = createPasswords({ cost, concurrency: 1, queueLimit: 0 })
  const hash = await tight.hash('correct horse')
  const requests = [
    () => tight.hash('correct horse'),
    () => tight.verify('correct horse', hash),
    () => tight.verify('correct horse', null),
    () => tight.verify('correct horse', 'unreadable' as PasswordHash),
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
  const hash = await passwords.hash('correct horse')
  const costs = recordCosts(t)
  for (const password of ['correct\ud800', 'correct\0']) {
    await t.rejects(passwords.hash(password), TypeError)
    for (const stored of [hash, null, 'unreadable' as PasswordHash]) {
      await t.rejects(passwords.verify(password, stored), TypeError)
    }
  }
  t.same(costs(), [])
  t.equal(passwords.queue.running, 0)
})
