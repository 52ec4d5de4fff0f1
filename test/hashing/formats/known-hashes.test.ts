import t from 'tap'
import { argon2id } from '../../../lib/hashing/formats/argon2id.js'
import { plainBcrypt } from '../../../lib/hashing/formats/bcrypt.js'
import { bcryptSha256 } from '../../../lib/hashing/formats/bcrypt-sha256.js'
import { passwordFormats } from '../../../lib/hashing/formats/index.js'
import { pbkdf2Sha256 } from '../../../lib/hashing/formats/pbkdf2-sha256.js'
import { scrypt } from '../../../lib/hashing/formats/scrypt.js'
import { knownHashes } from '../fixtures/known-hashes.js'

const formats = {
  'bcrypt-sha256': bcryptSha256,
  bcrypt: plainBcrypt,
  argon2id,
  scrypt,
  'pbkdf2-sha256': pbkdf2Sha256,
} as const

for (const { format, source, password, stored } of knownHashes) {
  t.test(`${stored.slice(0, 40)} of ${source} verifies with its password and no other`, async t => {
    t.same(
      passwordFormats.filter(known => known.identifies(stored)),
      [formats[format]],
      'one format, and the right one',
    )
    t.equal(await formats[format].verifies(password, stored), true)
    t.equal(await formats[format].verifies(`x${password}`, stored), false)
    t.equal(await formats[format].verifies(password.slice(1), stored), password === '')
  })
}

t.test('every format has hashes of other implementations, with right and wrong passwords', async t => {
  t.same(new Set(knownHashes.map(({ format }) => format)), new Set(Object.keys(formats)))
})

t.test('plain bcrypt looks at 72 bytes: that is how such hashes were made', async t => {
  const digits = '0123456789'.repeat(8)
  const stored = '$2a$04$R1lJ2gkNaoPGdafE.H.16.1MKHPvmKwryeulRe225LKProWYwt9Oi'
  t.equal(await plainBcrypt.verifies(digits.slice(0, 72), stored), true)
  t.equal(await plainBcrypt.verifies(digits.slice(0, 71), stored), false)
})
