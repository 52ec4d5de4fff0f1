import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { argon2idHasher } from '../../../lib/hashing/formats/argon2id.js'
import { bcryptHasher } from '../../../lib/hashing/formats/bcrypt-sha256.js'
import { loadArgon2 } from '../../../lib/hashing/formats/load-argon2.js'
import { scryptHasher } from '../../../lib/hashing/formats/scrypt.js'
import { recordHashing } from '../fixtures/hashing-work.js'

const argon2id = (memoryKibibytes: number, passes: number) =>
  argon2idHasher({ memoryKibibytes, passes, parallelism: 1 })
const scrypt = (logRounds: number, parallelism: number) => scryptHasher({ logRounds, blockSize: 8, parallelism })

const hashers = [
  { hasher: bcryptHasher(4), written: /^\$bcrypt-sha256\$v=2,t=2b,r=4\$[./A-Za-z0-9]{22}\$[./A-Za-z0-9]{31}$/ },
  { hasher: argon2id(64, 2), written: /^\$argon2id\$v=19\$m=64,t=2,p=1\$[+/A-Za-z0-9]{22}\$[+/A-Za-z0-9]{43}$/ },
  { hasher: scrypt(4, 2), written: /^\$scrypt\$ln=4,r=8,p=2\$[+/A-Za-z0-9]{22}\$[+/A-Za-z0-9]{43}$/ },
]

for (const { hasher, written } of hashers) {
  const { setting } = hasher

  t.test(`${setting}: every byte of a password counts, at any length`, async t => {
    const lengths = [71, 72, 73, 255, 256, 1024]
    const texts = [...lengths.map(length => 'a'.repeat(length)), ...lengths.map(length => `${'a'.repeat(length - 1)}b`)]
    const hashes = await Promise.all(texts.map(text => hasher.hash(text)))
    for (const [index, text] of texts.entries()) {
      const verified = await Promise.all(hashes.map(hash => hasher.verifies(text, hash)))
      t.same(
        verified,
        texts.map((_, other) => other === index),
        `${text.length} bytes`,
      )
    }
  })

  t.test(`${setting}: a hash is written as it says, under a salt of its own`, async t => {
    const hashes = await Promise.all(Array.from({ length: 20 }, () => hasher.hash('correct horse')))
    for (const hash of hashes) t.match(hash, written)
    t.equal(new Set(hashes).size, 20)
    t.equal(new Set(hashes.map(hash => hash.split('$').at(-2))).size, 20)
    t.ok(hashes.every(hash => hasher.identifies(hash) && !hasher.needsRehash(hash)))
  })

  t.test(`${setting}: the decoy is a hash like any other, of the same cost, which nothing matches`, async t => {
    const work = recordHashing(t)
    t.match(hasher.decoy, written)
    t.notOk(hasher.needsRehash(hasher.decoy))
    t.same(work(), [])
    await hasher.hash('correct horse')
    const one = work()
    t.equal(await hasher.verifies('correct horse', hasher.decoy), false)
    t.same(work(), one)
    t.same(hasher.decoysBeside(hasher.decoy), [])
  })

  t.test(`${setting}: the trial makes hashes of the same format`, async t => {
    const trial = hasher.trial()
    const hash = await trial.hash('correct horse')
    t.ok(hasher.identifies(hash))
    t.equal(await hasher.verifies('correct horse', hash), true)
  })
}

t.test('argon2id with less memory or less work in all is weaker, and with more isn’t', async t => {
  const { needsRehash, decoysBeside } = argon2id(64, 2)
  for (const hasher of [argon2id(64, 3), argon2id(128, 1), argon2id(128, 2)]) {
    t.equal(needsRehash(hasher.decoy), false, hasher.setting)
    t.same(decoysBeside(hasher.decoy), [])
  }
  for (const hasher of [argon2id(64, 1), argon2id(32, 9), argon2id(96, 1), scrypt(17, 1), bcryptHasher(16)]) {
    t.equal(needsRehash(hasher.decoy), true, hasher.setting)
    t.equal(decoysBeside(hasher.decoy), null)
  }
})

t.test('scrypt with less memory or less work in all is weaker, and with more isn’t', async t => {
  const { needsRehash, decoysBeside } = scrypt(14, 2)
  for (const hasher of [scrypt(14, 3), scrypt(15, 1), scrypt(15, 2)]) {
    t.equal(needsRehash(hasher.decoy), false, hasher.setting)
    t.same(decoysBeside(hasher.decoy), [])
  }
  for (const hasher of [scrypt(14, 1), scrypt(13, 16), argon2id(64, 2), bcryptHasher(16)]) {
    t.equal(needsRehash(hasher.decoy), true, hasher.setting)
    t.equal(decoysBeside(hasher.decoy), null)
  }
})

t.test('if @node-rs/argon2 is missing, a sentence says how to install it', async t => {
  const elsewhere = createRequire(join('/', 'nowhere', 'index.js'))
  t.throws(() => loadArgon2(elsewhere), {
    code: 'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE',
    message: /npm install @node-rs\/argon2$/,
    cause: { code: 'MODULE_NOT_FOUND' },
  })
})

t.test('@node-rs/argon2 is an optional peer, which need not be installed', async t => {
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'))
  t.notOk('@node-rs/argon2' in dependencies)
  t.ok('@node-rs/argon2' in peerDependencies)
  t.same(peerDependenciesMeta['@node-rs/argon2'], { optional: true })
})
