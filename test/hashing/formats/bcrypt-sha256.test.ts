import { createHmac } from 'node:crypto'
import bcrypt from 'bcrypt'
import fc from 'fast-check'
import t from 'tap'
import { bcryptHasher, bcryptSha256 } from '../../../lib/hashing/formats/bcrypt-sha256.js'

const cheap = bcryptHasher(4)
const password = 'correct horse battery staple'
const wellFormed = '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'

const hashable = fc.string({ unit: 'binary', maxLength: 90 }).filter(text => !text.includes('\0'))

t.test('the published hashes of passlib and hashcat verify, and only with their passwords', async t => {
  const knownAnswers = [
    ['hashcat', '$bcrypt-sha256$v=2,t=2b,r=12$KSOjON/ciJR86a00N5q61.$AmWZucQuHk13FGkQWhgMeiFvBfm2GCy'],
    ['password', wellFormed],
  ] as const
  for (const [known, hash] of knownAnswers) {
    t.equal(await bcryptSha256.verifies(known, hash), true, known)
    t.equal(await bcryptSha256.verifies(`${known} `, hash), false, `not ${known}`)
  }
})

t.test('a hash is bcrypt 2b over base64 of an HMAC that the salt text keys', async t => {
  const hash = await bcryptHasher(12).hash('Passw\u00f6rd 😀')
  const [empty, name, parameters, salt = '', digest = ''] = hash.split('$')
  t.same([empty, name, parameters, salt.length, digest.length], ['', 'bcrypt-sha256', 'v=2,t=2b,r=12', 22, 31])
  const inner = createHmac('sha256', salt).update('Passw\u00f6rd 😀', 'utf8').digest('base64')
  t.equal(bcrypt.compareSync(inner, `$2b$12$${salt}${digest}`), true)
})

t.test('a one-digit cost is written as passlib writes it, and as bcrypt reads it', async t => {
  const hash = await bcryptHasher(5).hash(password)
  t.match(hash, /^\$bcrypt-sha256\$v=2,t=2b,r=5\$/)
  const [, , , salt = '', digest = ''] = hash.split('$')
  const inner = createHmac('sha256', salt).update(password).digest('base64')
  t.equal(bcrypt.compareSync(inner, `$2b$05$${salt}${digest}`), true)
})

t.test('every hash of a password has a salt of its own', async t => {
  const hashes = await Promise.all(Array.from({ length: 50 }, () => cheap.hash(password)))
  t.equal(new Set(hashes.map(hash => hash.split('$')[3])).size, 50)
})

t.test('any password verifies against its hash, with any salt', async () => {
  await fc.assert(
    fc.asyncProperty(hashable, async text => {
      const hash = await cheap.hash(text)
      return bcryptSha256.identifies(hash) && (await bcryptSha256.verifies(text, hash))
    }),
    { numRuns: 200 },
  )
})

t.test('no password verifies against the hash of another', async () => {
  await fc.assert(
    fc.asyncProperty(hashable, hashable, async (text, other) => {
      fc.pre(text !== other)
      return !(await bcryptSha256.verifies(other, await cheap.hash(text)))
    }),
  )
})

t.test('every byte counts, at any length', async t => {
  const lengths = [71, 72, 73, 255, 256, 1024]
  const hashes = await Promise.all(lengths.map(length => cheap.hash('a'.repeat(length))))
  for (const length of lengths) {
    const verified = await Promise.all(hashes.map(hash => bcryptSha256.verifies('a'.repeat(length), hash)))
    t.same(
      verified,
      lengths.map(other => other === length),
      `${length} bytes`,
    )
    t.equal(await bcryptSha256.verifies(`${'a'.repeat(length - 1)}b`, await cheap.hash('a'.repeat(length))), false)
  }
})

t.test('case, spaces and look-alikes make other passwords', async t => {
  const hash = await cheap.hash('Of\ufb01ce 1')
  for (const other of [
    'of\ufb01ce 1',
    'OF\ufb01CE 1',
    ' Of\ufb01ce 1',
    'Of\ufb01ce 1 ',
    'Of\ufb01ce 1\n',
    'Office 1',
    'Of\ufb01ce\u00a01',
  ]) {
    t.equal(await bcryptSha256.verifies(other, hash), false, JSON.stringify(other))
  }
})

t.test('a string that is not of the format is no hash: false, without hashing', async t => {
  const malformed = {
    empty: '',
    'the name alone': '$bcrypt-sha256$',
    'plain bcrypt': '$2b$12$n79VH.0Q2TMWmt3Oqt9ukuKq4Noyk3094Y2QlB8NdRT8SvGiI4ft2',
    'the first version': '$bcrypt-sha256$2b,12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2',
    'version 1 in the new form': wellFormed.replace('v=2', 'v=1'),
    'version 3': wellFormed.replace('v=2', 'v=3'),
    'type 2a': wellFormed.replace('t=2b', 't=2a'),
    'type 2y': wellFormed.replace('t=2b', 't=2y'),
    'another name': wellFormed.replace('sha256', 'sha512'),
    'upper case': wellFormed.replace('bcrypt', 'BCRYPT'),
    'no leading dollar': wellFormed.slice(1),
    'a dollar too many': wellFormed.replace('uku', 'uku$$'),
    'parameters in another order': wellFormed.replace('v=2,t=2b', 't=2b,v=2'),
    'no cost': wellFormed.replace('r=12', 'r='),
    'cost 3': wellFormed.replace('r=12', 'r=3'),
    'cost 0': wellFormed.replace('r=12', 'r=0'),
    'cost 17': wellFormed.replace('r=12', 'r=17'),
    'cost 21': wellFormed.replace('r=12', 'r=21'),
    'cost 31': wellFormed.replace('r=12', 'r=31'),
    'cost 120': wellFormed.replace('r=12', 'r=120'),
    'a padded cost': wellFormed.replace('r=12', 'r=012'),
    'a padded one-digit cost': wellFormed.replace('r=12', 'r=04'),
    'a negative cost': wellFormed.replace('r=12', 'r=-12'),
    'a cost in hexadecimal': wellFormed.replace('r=12', 'r=0xc'),
    'a cost of other digits': wellFormed.replace('r=12', 'r=١٢'),
    'a short salt': wellFormed.replace('n79', 'n7'),
    'a long salt': wellFormed.replace('n79', 'n799'),
    'padding bits in the salt': wellFormed.replace('uku$', 'ukv$'),
    'a salt outside the alphabet': wellFormed.replace('n79', 'n7+'),
    'a short digest': wellFormed.slice(0, -1),
    'a long digest': `${wellFormed}.`,
    'a digest outside the alphabet': wellFormed.replace('Kq4', 'Kq='),
    'a line break after it': `${wellFormed}\n`,
    'a line break before it': `\n${wellFormed}`,
    'a null character after it': `${wellFormed}\0`,
    'two of them': wellFormed + wellFormed,
  }
  const calls = t.capture(bcrypt, 'hash', bcrypt.hash)
  for (const [title, stored] of Object.entries(malformed)) {
    t.equal(bcryptSha256.identifies(stored), false, title)
    t.equal(await bcryptSha256.verifies('password', stored), false, title)
  }
  t.equal(calls().length, 0)
})

t.test('no junk makes verification throw or hash', async t => {
  const calls = t.capture(bcrypt, 'hash', bcrypt.hash)
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map(text => `$bcrypt-sha256$v=2,t=2b,r=12$${text}`),
  )
  await fc.assert(fc.asyncProperty(junk, async stored => !(await bcryptSha256.verifies('password', stored))))
  t.equal(calls().length, 0)
})

t.test('one changed character anywhere makes it the hash of nothing', async () => {
  const hash = await cheap.hash(password)
  const at = fc.nat({ max: hash.length - 1 })
  const replacement = fc.constantFrom(...'./09AZazOeu$=,')
  await fc.assert(
    fc.asyncProperty(at, replacement, async (index, character) => {
      fc.pre(hash[index] !== character)
      const changed = hash.slice(0, index) + character + hash.slice(index + 1)
      return !(await bcryptSha256.verifies(password, changed))
    }),
    { numRuns: 300 },
  )
})

t.test('a decoy is made without hashing, and verifying it takes one hash of its cost', async t => {
  const calls = t.capture(bcrypt, 'hash', bcrypt.hash)
  const { decoy } = bcryptHasher(5)
  t.equal(bcryptSha256.identifies(decoy), true)
  t.equal(calls().length, 0)
  t.equal(await bcryptSha256.verifies(password, decoy), false)
  t.match(
    calls().map(({ args }) => args[1]),
    [/^\$2b\$05\$/],
  )
})

t.test('a hash of the same cost or more is kept, and any other needs a rehash', async t => {
  const { needsRehash } = bcryptHasher(10)
  for (const cost of [10, 11, 16]) t.equal(needsRehash(bcryptHasher(cost).decoy), false)
  for (const cost of [4, 9]) t.equal(needsRehash(bcryptHasher(cost).decoy), true)
  t.equal(needsRehash('$2b$12$n79VH.0Q2TMWmt3Oqt9ukuKq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'), true)
})

t.test('beside a hash of any cost, the decoys make up the rounds of one new hash', async t => {
  const { decoysBeside } = bcryptHasher(10)
  const roundsOf = (stored: string) => 2 ** Number(/(?:r=|\$2b\$)(\d+)/.exec(stored)?.[1])
  const plain = '$2b$08$n79VH.0Q2TMWmt3Oqt9ukuKq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'
  for (const stored of [bcryptHasher(4).decoy, bcryptHasher(9).decoy, bcryptHasher(10).decoy, plain]) {
    const decoys = decoysBeside(stored) ?? []
    const rounds = [stored, ...decoys].map(roundsOf)
    t.equal(
      rounds.reduce((sum, each) => sum + each),
      2 ** 10,
      stored,
    )
  }
  t.same(decoysBeside(bcryptHasher(11).decoy), [])
  t.equal(decoysBeside('$pbkdf2-sha256$1$c2FsdA$Eg.2z/z4syxD5yJSVsT4N6hlSMkszDVICAWYfLcL4Xs'), null)
})
