import { readFileSync } from 'node:fs'
import t from 'tap'
import { ownersWords, type PasswordOwner } from '../../lib/hashing/context-words.js'
import { frequentPasswords } from '../../lib/hashing/frequent-passwords.js'
import { createPasswordPolicy, type PasswordPolicyOptions } from '../../lib/hashing/password-policy.js'
import { passwordRules } from '../../schemas/index.js'

const ada = { email: 'ada.lovelace@example.com', username: null }

function brokenRule(password: string, options: PasswordPolicyOptions = {}, owner: Partial<PasswordOwner> = ada) {
  return createPasswordPolicy(options).violation(password, { ...ada, ...owner })?.rule ?? null
}

t.test('a frequent password is refused, in any case', async t => {
  for (const password of ['password', 'PassWord', '12345678', 'qwertyuiop', 'trustno1', 'ILOVEYOU', 'Paſſword']) {
    t.equal(brokenRule(password), 'frequentPassword', password)
  }
})

t.test('a password that only begins like a frequent one is not', async t => {
  for (const password of ['password of mine', ' password', 'passwordd!', '12345678 sheep']) {
    t.equal(brokenRule(password), null, password)
  }
})

t.test('the bundled list holds each of its passwords once, long enough to matter, without case', async t => {
  const list = [...frequentPasswords]
  t.equal(list.length, 11_611)
  t.match(readFileSync('docs/passwords.md', 'utf8'), 'the 11,611 most frequent ones')
  t.strictSame(list, [...list].sort())
  t.strictSame(
    list.filter(password => !/^[!-~]{8,}$/.test(password) || password !== password.toLowerCase()),
    [],
  )
})

t.test('a password made of the address’s local part is refused, whole or in parts, with something added', async t => {
  for (const password of [
    'ada.lovelace',
    'Ada.Lovelace1',
    'lovelace',
    'LOVELACE2024!',
    '1lovelace1lovelace',
    'ada.lovelace.ada',
  ]) {
    t.equal(brokenRule(password), 'contextWord', password)
  }
})

t.test('eight characters beside the words are enough', async t => {
  t.equal(brokenRule('lovelace1234567'), 'contextWord')
  t.equal(brokenRule('lovelace12345678'), null)
  t.equal(brokenRule('love lace love lace'), null)
})

t.test('short words count for nothing: they are in too many good passwords', async t => {
  t.equal(brokenRule('adadadad'), null)
  t.equal(brokenRule('canada!!'), null)
})

t.test('a word of four characters counts', async t => {
  t.equal(brokenRule('anna1234', {}, { username: 'anna' }), 'contextWord')
  t.equal(brokenRule('ann12345', {}, { username: 'ann' }), null)
})

t.test('of words that stand in each other the longest is taken out first', async t => {
  for (const forbiddenWords of [
    ['engine', 'analyticalengine'],
    ['analyticalengine', 'engine'],
  ]) {
    t.equal(brokenRule('analyticalengine1', { forbiddenWords }), 'contextWord')
  }
})

t.test('a short password without such a word is a matter of the length alone', async t => {
  t.equal(brokenRule('jqv jq', { minimumLength: 6 }), null)
})

t.test('the words of a user are the address, its local part and the user name, and nothing else', async t => {
  const lovelace = ['ada.lovelace@example.com', 'ada.lovelace', 'lovelace']
  t.strictSame(ownersWords(ada), lovelace)
  t.strictSame(ownersWords({ ...ada, username: 'Enchantress' }), [...lovelace, 'enchantress'])
})

t.test('so is a password made of the user name, or of a word that the application forbids', async t => {
  t.equal(brokenRule('enchantress', {}, { username: 'Enchantress' }), 'contextWord')
  t.equal(brokenRule('enchantress'), null)
  t.equal(brokenRule('acme-rockets', { forbiddenWords: ['ACME Rockets'] }), 'contextWord')
  t.equal(brokenRule('rocketsrule', { forbiddenWords: ['ACME Rockets'] }), 'contextWord')
  t.equal(brokenRule('acme-rockets'), null)
})

t.test('words are compared as they are read: composed, and without case', async t => {
  t.equal(brokenRule('JOSE\u0301PHINE1', {}, { username: 'joséphine' }), 'contextWord')
  t.equal(brokenRule('GROSSE7', { minimumLength: 1 }, { username: 'große' }), 'contextWord')
})

t.test('the address itself, in any case, is refused as a password, however long it is', async t => {
  const email = 'ada@analytical-engine.example.com'
  t.equal(brokenRule(email, {}, { email }), 'contextWord')
  t.equal(brokenRule('Ada@Analytical-Engine.example.com1', {}, { email }), 'contextWord')
})

t.test('the domain of an address is no secret word', async t => {
  t.equal(brokenRule('example!'), null)
})

t.test('a letter and a digit can be asked for, of any script', async t => {
  const both = { requireLetter: true, requireDigit: true }
  t.equal(brokenRule('60218346!', both), 'requireLetter')
  t.equal(brokenRule('correct horse', both), 'requireDigit')
  t.equal(brokenRule('correct horse 7', both), null)
  t.equal(brokenRule('пароль ٣ пароль', both), null)
  t.equal(brokenRule('correct horse', { requireLetter: true }), null)
  t.equal(brokenRule('60218346!', { requireDigit: true }), null)
})

t.test('no sentence holds the password, and every rule but that of breaches can be broken here', async t => {
  const strict = createPasswordPolicy({ requireLetter: true, requireDigit: true })
  const broken = ['x'.repeat(1025), 'x'.repeat(129), 'short', '!'.repeat(8), 'no digits', 'trustno1', 'lovelace1'].map(
    password => {
      const violation = strict.violation(password, ada)
      t.notOk(violation?.message.includes(password))
      return violation?.rule
    },
  )
  t.strictSame(new Set([...broken, 'breached']), new Set(passwordRules))
})
