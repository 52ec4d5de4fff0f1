import fc from 'fast-check'
import t from 'tap'
import { argon2idHasher } from '../../../lib/hashing/formats/argon2id.js'
import { bcryptHasher } from '../../../lib/hashing/formats/bcrypt-sha256.js'
import { passwordFormats } from '../../../lib/hashing/formats/index.js'
import { scryptHasher } from '../../../lib/hashing/formats/scrypt.js'
import { recordHashing } from '../fixtures/hashing-work.js'
import { knownHashes } from '../fixtures/known-hashes.js'

const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.'
const argon2id = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
const scrypt = '$scrypt$ln=8,r=8,p=1$wlhLyXmP8b53bm1NKYVQqg$mTpvG8lzuuDk+DWz8HZIB6Vum6erDuUm0As5yU+VxWA'
const pbkdf2 = '$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'
const phcPbkdf2 = '$pbkdf2-sha256$i=4096,l=32$c2FsdA$xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o'

/** Invalid stored hashes by their fault. None may be verified, and none may cause a hash. */
const hostile: Readonly<Record<string, string>> = {
  'nothing at all': '',
  'the password itself': 'password',
  'a megabyte': '$'.repeat(2 ** 20),
  'a megabyte of salt': `$scrypt$ln=8,r=8,p=1$${'A'.repeat(2 ** 20)}$${'A'.repeat(43)}`,
  'bcrypt of cost 31': bcrypt.replace('$10$', '$31$'),
  'bcrypt of cost 17': bcrypt.replace('$10$', '$17$'),
  'bcrypt of cost 3': bcrypt.replace('$10$', '$03$'),
  'bcrypt of an unpadded cost': bcrypt.replace('$10$', '$9$'),
  'bcrypt of cost 99': bcrypt.replace('$10$', '$99$'),
  'bcrypt without a letter': bcrypt.replace('2b', '2'),
  'bcrypt 2x, which has the sign bug': bcrypt.replace('2b', '2x'),
  'bcrypt, cut': bcrypt.slice(0, -1),
  'bcrypt, and more': `${bcrypt}.`,
  'bcrypt outside the alphabet': bcrypt.replace('N9q', 'N9+'),
  'bcrypt and a line': `${bcrypt}\n`,
  'bcrypt with U+0000': `${bcrypt}\0`,
  'argon2id of 4 GiB': argon2id.replace('m=256', 'm=4194304'),
  'argon2id of a kibibyte above 1 GiB': argon2id.replace('m=256', 'm=1048577'),
  'argon2id of 2^32 KiB': argon2id.replace('m=256', 'm=4294967296'),
  'argon2id of a million passes': argon2id.replace('t=2', 't=1000000'),
  'argon2id of 1 GiB five times': argon2id.replace('m=256,t=2', 'm=1048576,t=5'),
  'argon2id with 17 lanes': argon2id.replace('p=1', 'p=17'),
  'argon2id with less memory than its lanes need': argon2id.replace('m=256,t=2,p=1', 'm=7,t=2,p=1'),
  'argon2id without memory': argon2id.replace('m=256', 'm=0'),
  'argon2id of negative memory': argon2id.replace('m=256', 'm=-256'),
  'argon2id of memory in hexadecimal': argon2id.replace('m=256', 'm=0x100'),
  'argon2id of memory as a power of ten': argon2id.replace('m=256', 'm=1e9'),
  'argon2id with a leading zero': argon2id.replace('m=256', 'm=0256'),
  'argon2id without passes': argon2id.replace('t=2', 't=0'),
  'argon2id without lanes': argon2id.replace('p=1', 'p=0'),
  'argon2id, version 1.0': argon2id.replace('v=19', 'v=16'),
  'argon2id without its version': argon2id.replace('$v=19', ''),
  'argon2id in another order': argon2id.replace('m=256,t=2', 't=2,m=256'),
  argon2i: argon2id.replace('argon2id', 'argon2i'),
  argon2d: argon2id.replace('argon2id', 'argon2d'),
  'argon2id with a digest of 4 bytes': `${argon2id.slice(0, argon2id.lastIndexOf('$'))}$AAAAAA`,
  'argon2id without a digest': argon2id.slice(0, argon2id.lastIndexOf('$') + 1),
  'argon2id with a salt of 4 bytes': argon2id.replace('c29tZXNhbHQ', 'c29tZQ'),
  'argon2id in base64url': argon2id.replace('MR/uIP', 'MR_uIP'),
  'argon2id with padding': `${argon2id}=`,
  'argon2id with bits that mean nothing': argon2id.replace(/4$/, '5'),
  'argon2id with such bits in the salt': argon2id.replace('bHQ$', 'bHR$'),
  'scrypt of 2^30 rounds': scrypt.replace('ln=8', 'ln=30'),
  'scrypt of 2^99 rounds': scrypt.replace('ln=8', 'ln=99'),
  'scrypt of 2 GiB': scrypt.replace('ln=8', 'ln=21'),
  'scrypt of 1 GiB five times': scrypt.replace('ln=8,r=8,p=1', 'ln=20,r=8,p=5'),
  'scrypt of more rounds than the algorithm has': scrypt.replace('ln=8,r=8', 'ln=16,r=1'),
  'scrypt of huge blocks': scrypt.replace('r=8', 'r=1073741824'),
  'scrypt without rounds': scrypt.replace('ln=8', 'ln=0'),
  'scrypt without blocks': scrypt.replace('r=8', 'r=0'),
  'scrypt without lanes': scrypt.replace('p=1', 'p=0'),
  'scrypt without p': scrypt.replace(',p=1', ''),
  'scrypt in another order': scrypt.replace('r=8,p=1', 'p=1,r=8'),
  'scrypt with a digest of 3 bytes': `${scrypt.slice(0, scrypt.lastIndexOf('$'))}$AAAA`,
  'scrypt, cut by a character': scrypt.slice(0, -1),
  'scrypt with such bits in the salt': scrypt.replace('VQqg$', 'VQqh$'),
  'scrypt in base64url': scrypt.replace('u6erDu', 'u6-rDu').replace('k+DW', 'k-DW'),
  'scrypt and a line': `${scrypt}\n`,
  'PBKDF2 of 10^9 iterations': pbkdf2.replace('1212', '1000000000'),
  'PBKDF2 of one iteration too many': pbkdf2.replace('1212', '5000001'),
  'PBKDF2 of no iteration': pbkdf2.replace('1212', '0'),
  'PBKDF2 of negative iterations': pbkdf2.replace('1212', '-1212'),
  'PBKDF2 with a digest of 31 bytes': pbkdf2.slice(0, -2),
  'PBKDF2, cut by a character': pbkdf2.slice(0, -1),
  'PBKDF2 with SHA-1': pbkdf2.replace('pbkdf2-sha256', 'pbkdf2'),
  'PBKDF2 with SHA-512': pbkdf2.replace('sha256', 'sha512'),
  'PBKDF2 with standard base64': pbkdf2.replaceAll('.', '+'),
  'PBKDF2 with bits that mean nothing': pbkdf2.replace(/Q$/, 'R'),
  'PBKDF2 with such bits in the salt': pbkdf2.replace('0Vw$', '0Vx$'),
  'PBKDF2 as PHC of 10^9 iterations': phcPbkdf2.replace('4096', '1000000000'),
  'PBKDF2 as PHC with another length': phcPbkdf2.replace('l=32', 'l=64'),
  'PBKDF2 as PHC in passlib’s alphabet': phcPbkdf2.replace('lKIyE', 'lK.yE').replace('ZKIyE', 'ZK.yE'),
  'PBKDF2 and a line': `${pbkdf2}\n`,
  "Django's PBKDF2": 'pbkdf2_sha256$600000$salt$hsYF68OiOUPdDZ1FgfJPeq1hgXXY7acBp96ctmQ=',
  MD5: '5f4dcc3b5aa765d61d8327deb882cf99',
  'an SHA-512 crypt': `$6$rounds=5000$saltsalt$${'a'.repeat(86)}`,
  'a pepper': '$pepper$k=AAAAAAAA$2b$10$N9qo8uLOickgx2ZMRZoMyeUalutVAUeK1iyhYKLzwpTyWAft3dHE.',
}

for (const [what, stored] of Object.entries(hostile)) {
  t.test(`${what} is no hash, and nothing is hashed to find out`, async t => {
    const work = recordHashing(t)
    for (const format of passwordFormats) {
      t.equal(format.identifies(stored), false)
      t.equal(await format.verifies('password', stored), false)
    }
    t.same(work(), [])
  })
}

t.test('none of those strings is counted as good enough', async t => {
  const hashers = [
    bcryptHasher(4),
    argon2idHasher({ memoryKibibytes: 8, passes: 1, parallelism: 1 }),
    scryptHasher({ logRounds: 1, blockSize: 1, parallelism: 1 }),
  ]
  for (const hasher of hashers) {
    for (const [what, stored] of Object.entries(hostile)) t.equal(hasher.needsRehash(stored), true, what)
  }
})

t.test('no junk behind any beginning makes a format throw, match or hash', async t => {
  const work = recordHashing(t)
  const beginnings = knownHashes.map(({ stored }) => stored.slice(0, stored.lastIndexOf('$') + 1))
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.constantFrom(...beginnings), fc.string({ unit: 'binary', maxLength: 20 })).map(parts => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(junk, async stored => {
      const verdicts = await Promise.all(passwordFormats.map(format => format.verifies('password', stored)))
      return !verdicts.includes(true)
    }),
    { numRuns: 500 },
  )
  t.same(work(), [])
})
