import t from 'tap'
import { canonicalUsername } from '../../lib/usernames/canonical-username.js'

t.test('letters, digits and single separators between them are a user name, in lower case', async t => {
  const names = {
    ada: 'ada',
    Ada: 'ada',
    'ADA.Lovelace': 'ada.lovelace',
    'a-b_c.d': 'a-b_c.d',
    '1815': '1815',
    [`A${'b'.repeat(29)}`]: `a${'b'.repeat(29)}`,
  }
  for (const [typed, canonical] of Object.entries(names)) t.equal(canonicalUsername(typed), canonical)
})

t.test('a canonical user name stays unchanged', async t => {
  for (const name of ['ada', 'a-b', '0.0']) t.equal(canonicalUsername(canonicalUsername(name) ?? ''), name)
})

const others: Readonly<Record<string, readonly string[]>> = {
  'of fewer than 3 or more than 30 characters': ['', 'a', 'ab', 'a'.repeat(31), 'a'.repeat(100_000)],
  'that begins or ends with a separator': ['.ada', 'ada.', '_ada', 'ada_', '-ada', 'ada-', '...'],
  'with two separators in a row': ['a..b', 'a._b', 'a--b', '../ada', 'xn--abc'],
  'with other characters': [
    'ada l',
    ' ada',
    'ada\n',
    'ada\0',
    'ada/x',
    'ada%20',
    'ada+x',
    'a,b',
    '<ada>',
    'a:b',
    '@ada',
  ],
  'that is an address': ['ada@example.com', 'a@b', 'ada@'],
  'that is an id': ['3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11', '3f0c4a528a534b219d8c5f3a5d1f0c11'],
  'that looks like ASCII': [
    '\u0430da',
    'ad\u0251',
    'a\u0301da',
    '\uff41da',
    '\u017fara',
    '\u212aate',
    'a\u200bda',
    '\ud800ada',
    'İda',
  ],
}

for (const [kind, texts] of Object.entries(others)) {
  t.test(`text ${kind} is none`, async t => {
    for (const text of texts) t.equal(canonicalUsername(text), null, JSON.stringify(text.slice(0, 40)))
  })
}

t.test('the longest text that almost is a name is refused in no time', async t => {
  const started = performance.now()
  for (let run = 0; run < 10_000; run++) canonicalUsername(`${'a-'.repeat(14)}a!`)
  t.ok(performance.now() - started < 2000)
})
