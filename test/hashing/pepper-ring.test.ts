import { createHmac, hkdfSync } from 'node:crypto'
import t from 'tap'
import { bcryptHasher, bcryptSha256 } from '../../lib/hashing/formats/bcrypt-sha256.js'
import { createPasswords } from '../../lib/hashing/passwords.js'
import { createPepperRing, readStoredHash, withPepperId } from '../../lib/hashing/pepper-ring.js'
import type { PasswordHash } from '../../lib/storage/records.js'
import { otherSecret, secret } from '../support/secret.js'
import { recordHashing } from './fixtures/hashing-work.js'

const right = 'correct horse battery'
const of = (...secrets: readonly string[]) =>
  createPasswords({ hasher: bcryptHasher(4), peppers: createPepperRing(secrets), concurrency: 2, queueLimit: 100 })

async function rehashed(passwords: ReturnType<typeof of>, stored: PasswordHash): Promise<PasswordHash | null> {
  const check = await passwords.check(right, stored, null)
  return check.isRight && check.rehash.outcome === 'hashed' ? check.rehash.hash : null
}

t.test('a peppered hash names its pepper, and is the hash of an HMAC keyed with HKDF of the secret', async t => {
  const [pepper] = createPepperRing([secret]).byId.keys()
  const stored = await of(secret).hash('cafe\u0301 au lait', null)
  t.equal(pepper, Buffer.from(hkdfSync('sha256', secret, '', 'fast-auth pepper id', 6)).toString('base64url'))
  t.ok(stored.startsWith(`$pepper$k=${pepper}$bcrypt-sha256$v=2,t=2b,r=4$`))
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'fast-auth pepper', 32))
  const mixed = createHmac('sha256', key).update('caf\u00e9 au lait').digest('base64')
  t.equal(await bcryptSha256.verifies(mixed, stored.slice('$pepper$k='.length + 8)), true)
})

t.test('a peppered hash verifies with its pepper anywhere in the ring, and with the password only', async t => {
  const stored = await of(secret).hash(right, null)
  for (const ring of [of(secret), of(secret, otherSecret), of(otherSecret, secret)]) {
    t.equal(await ring.verify(right, stored, null), true)
    t.equal(await ring.verify('wrong horse', stored, null), false)
  }
})

t.test('without its pepper a hash matches nothing, at the cost of one hash, and says so', async t => {
  const stored = await of(secret).hash(right, null)
  for (const ring of [of(), of(otherSecret)]) {
    const work = recordHashing(t)
    t.same(await ring.check(right, stored, null), { isRight: false, reason: 'pepper_missing' })
    t.same(work(), ['bcrypt 4'])
  }
})

t.test('the password without the pepper does not match what is behind the pepper’s name', async t => {
  const stored = await of(secret).hash(right, null)
  const { inner } = readStoredHash(stored)
  t.equal(await of(secret).verify(right, inner as PasswordHash, null), false)
  t.equal(
    await of(otherSecret).verify(right, stored.replace(/k=.{8}/, keyOf(otherSecret)) as PasswordHash, null),
    false,
  )
})

function keyOf(secret: string): string {
  return `k=${createPepperRing([secret]).newest?.id}`
}

t.test('a hash without pepper, or with an older one, comes with one of the newest pepper', async t => {
  const plain = await of().hash(right, null)
  const older = await of(otherSecret).hash(right, null)
  const ring = of(secret, otherSecret)
  for (const stored of [plain, older]) {
    const hash = await rehashed(ring, stored)
    t.ok(hash?.startsWith(`$pepper$${keyOf(secret)}$`))
    t.equal(await of(secret).verify(right, hash, null), true, 'the older pepper can be dropped')
    t.same(await ring.check(right, hash, null), { isRight: true, hash, rehash: { outcome: 'current' } })
  }
})

t.test('with an empty ring, new hashes have no pepper', async t => {
  t.match(await of().hash(right, null), /^\$bcrypt-sha256\$/)
})

t.test('a pepper costs no further hash: unknown users, old and new hashes all cost one', async t => {
  const ring = of(secret, otherSecret)
  const stored = [
    null,
    await of().hash(right, null),
    await of(otherSecret).hash(right, null),
    await ring.hash(right, null),
  ]
  const work = recordHashing(t)
  for (const hash of stored) {
    t.equal(await ring.verify('wrong horse', hash, null), false)
    t.same(work(), ['bcrypt 4'])
  }
})

t.test('a stored string is taken apart in one way only', async t => {
  const inner = '$2b$10$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.'
  t.same(readStoredHash(withPepperId('AAAAAAAA', inner)), { pepperId: 'AAAAAAAA', inner })
  t.same(readStoredHash(withPepperId(null, inner)), { pepperId: null, inner })
  const nested = withPepperId('AAAAAAAA', withPepperId('BBBBBBBB', inner))
  t.same(readStoredHash(nested), { pepperId: 'AAAAAAAA', inner: `$pepper$k=BBBBBBBB${inner}` })
  for (const text of [
    '$pepper$k=AAAAAAA$2b$',
    '$pepper$k=AAAAAAAAA$2b$',
    '$pepper$k=AAAAAAAA',
    '$pepper$k=AAAA AAA$',
    'x$pepper$k=AAAAAAAA$2b$',
  ]) {
    t.same(readStoredHash(text), { pepperId: null, inner: text }, text)
  }
})

t.test('hostile strings behind a known pepper’s name are no hash, and cost what a wrong password costs', async t => {
  const ring = of(secret)
  const id = createPepperRing([secret]).newest?.id ?? null
  const inners = ['$', '$2b$31$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.', `$pepper$k=${id}$2b$`, '$\n']
  for (const inner of inners) {
    const work = recordHashing(t)
    const check = await ring.check(right, withPepperId(id, inner) as PasswordHash, null)
    t.same(check, { isRight: false, reason: 'hash_unreadable' })
    t.same(work(), ['bcrypt 4'])
  }
})
