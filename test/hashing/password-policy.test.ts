import fc from 'fast-check'
import t from 'tap'
import { createPasswordPolicy } from '../../lib/hashing/password-policy.js'

const owner = { email: 'ada.lovelace@example.com', username: null }
const policy = createPasswordPolicy()
const brokenRule = (password: string) => policy.violation(password, owner)?.rule ?? null
/** Makes a password of this many characters that is in no list. */
const letters = (length: number) => 'jqv '.repeat(length).slice(0, length)

t.test('eight characters are enough by default and seven are not', async t => {
  t.equal(brokenRule(letters(7)), 'minimumLength')
  t.equal(brokenRule(letters(8)), null)
})

t.test('the minimum is an option', async t => {
  const strict = createPasswordPolicy({ minimumLength: 15 })
  t.match(strict.violation(letters(14), owner), { rule: 'minimumLength', message: /at least 15 characters/ })
  t.equal(strict.violation(letters(15), owner), null)
})

t.test('128 characters are allowed and 129 are refused, not cut', async t => {
  t.equal(brokenRule('a'.repeat(128)), null)
  t.equal(brokenRule('a'.repeat(129)), 'maximumLength')
})

t.test('a character is a code point, not a UTF-16 unit or a byte', async t => {
  t.equal(brokenRule('😀'.repeat(7)), 'minimumLength')
  t.equal(brokenRule('😀'.repeat(8)), null)
  t.equal(brokenRule('😀'.repeat(128)), null)
  t.equal(brokenRule('😀'.repeat(129)), 'maximumLength')
})

t.test('characters are counted after composition', async t => {
  t.equal(brokenRule('e\u0301'.repeat(7)), 'minimumLength')
  t.equal(brokenRule('e\u0301'.repeat(8)), null)
  t.equal(brokenRule('e\u0301'.repeat(128)), null)
})

t.test('more than 1,024 bytes are refused before characters are counted', async t => {
  t.equal(brokenRule('a'.repeat(1024)), 'maximumLength')
  t.equal(brokenRule('a'.repeat(1025)), 'maximumBytes')
  t.equal(brokenRule('😀'.repeat(256)), 'maximumLength')
  t.equal(brokenRule('😀'.repeat(257)), 'maximumBytes')
})

t.test('bytes are counted after composition', async t => {
  t.equal(brokenRule('e\u0301'.repeat(512)), 'maximumLength')
  t.equal(brokenRule('e\u0301'.repeat(513)), 'maximumBytes')
})

t.test('spaces, cases and scripts are all allowed, and none is required', async t => {
  for (const password of [
    '        ',
    'correct horse battery staple',
    '60218346',
    'пароль-пароль',
    '密码密码密码密码',
  ]) {
    t.equal(brokenRule(password), null)
  }
})

t.test('a refusal names the limit to the user', async t => {
  t.hasStrict(policy.violation('short', owner), { message: 'The password must have at least 8 characters.' })
  t.hasStrict(policy.violation('a'.repeat(200), owner), { message: 'The password must have at most 128 characters.' })
  t.hasStrict(policy.violation('a'.repeat(2000), owner), { message: 'The password must have at most 1024 bytes.' })
})

t.test('exactly the passwords of 8 to 128 characters are allowed, however they were typed', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', size: 'max', maxLength: 200 }), password => {
      const characters = password.normalize('NFC').match(/./gsu)?.length ?? 0
      const allowed = characters >= 8 && characters <= 128
      return ['NFC', 'NFD'].every(form => (brokenRule(password.normalize(form)) === null) === allowed)
    }),
  )
})
