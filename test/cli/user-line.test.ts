import { readFileSync } from 'node:fs'
import t from 'tap'
import { readUserLine, writeUserLine } from '../../lib/cli/user-line.js'

const now = Date.UTC(2026, 0, 1, 12)
const passwordHash = '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'
const id = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
const least = { email: 'ada@example.com', passwordHash }

const arriving = (line: unknown) =>
  readUserLine(Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)), now)
const read = (line: unknown) => arriving(line).user
const reason = (line: unknown) => {
  try {
    read(line)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

t.test('an address and a hash are enough', async t => {
  const user = read(least)
  t.match(user.id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  t.strictSame(user, {
    ...least,
    id: user.id,
    username: null,
    emailConfirmedAt: null,
    createdAt: now,
    lastSignInAt: null,
    disabledAt: null,
    profile: {},
  })
  t.not(read(least).id, user.id)
})

t.test('everything that a line may say is taken over', async t => {
  const line = {
    ...least,
    username: 'ada.l',
    emailConfirmedAt: '2020-02-29T23:59:59.999Z',
    createdAt: '2019-12-31T23:30+01:00',
    lastSignInAt: '2021-02-01T08:00:00Z',
    disabledAt: '2021-03-01T08:00:00Z',
    profile: { name: { first: 'Ada' }, tags: ['a', null, 1.5, true] },
  }
  t.hasStrict(read(line), {
    username: 'ada.l',
    emailConfirmedAt: Date.UTC(2020, 1, 29, 23, 59, 59, 999),
    createdAt: Date.UTC(2019, 11, 31, 22, 30),
    lastSignInAt: Date.UTC(2021, 1, 1, 8),
    disabledAt: Date.UTC(2021, 2, 1, 8),
    profile: line.profile,
  })
})

t.test('null stands for no user name, no proof of the address, and a user who is not disabled', async t => {
  const nothing = { username: null, emailConfirmedAt: null, disabledAt: null }
  t.hasStrict(read({ ...least, ...nothing }), nothing)
})

t.test('the id that a line names is kept, in lower case', async t => {
  t.strictSame(arriving({ ...least, id: id.toUpperCase() }), { user: { ...read(least), id }, hasOwnId: true })
  t.equal(arriving(least).hasOwnId, false)
})

t.test('null is the hash of a user without a password', async t => {
  t.equal(read({ ...least, passwordHash: null }).passwordHash, null)
})

t.test('an address becomes canonical, as at sign-up', async t => {
  t.equal(read({ ...least, email: 'Ada@EXAMPLE.com' }).email, 'ada@example.com')
  t.equal(read({ ...least, email: 'ada@bücher.example' }).email, 'ada@xn--bcher-kva.example')
})

t.test('a byte order mark and a carriage return are no part of a line', async t => {
  t.equal(read(`\ufeff${JSON.stringify(least)}\r`).email, least.email)
})

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  'it is not JSON': ['x', '{', `${JSON.stringify(least)},`, '{"email":}', '['.repeat(30_000) + ']'.repeat(30_000)],
  'it is not a JSON object': ['[]', 'null', '"x"', '5'],
  'it has an unknown field: "password"': [{ ...least, password: 'x' }],
  'id must be a UUID such as 3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11': ['x', '', 5, null, `${id}0`, `{${id}}`].map(
    wrongId => ({ ...least, id: wrongId }),
  ),
  'it has an unknown field: "\\u001b[2J"': [{ ...least, '\u001b[2J': 1 }],
  'it has a field with the name __proto__': [`{"profile":{"__proto__":{"a":1}}}`, `{"__proto__":null}`],
  'it has text with U+0000 or a lone surrogate': [
    { ...least, profile: { a: 'x\0' } },
    { ...least, profile: { '\ud800': 1 } },
    { ...least, username: 'a\ud800' },
  ],
  'email is missing': [{ passwordHash }],
  'email must be one plain address such as ada@example.com': ['ada', '', 'a@b', 'Ada <ada@example.com>', null, 5].map(
    email => ({ ...least, email }),
  ),
  'passwordHash is missing; use null for a user without a password': [{ email: 'ada@example.com' }],
  'passwordHash has an unknown format, or is too costly': [
    '',
    'correct horse battery',
    `${passwordHash} `,
    passwordHash.replace('r=12', 'r=21'),
    5,
  ].map(hash => ({ ...least, passwordHash: hash })),
  'username must have 3 to 30 characters: letters a to z, digits, and single . _ - between them': [
    '',
    'Ada L.',
    'ada@example.com',
    'x'.repeat(31),
    5,
    [],
  ].map(username => ({ ...least, username })),
  'createdAt must be an instant such as 2026-05-01T09:30:00Z': [
    '2026-05-01',
    '2026-05-01T09:30:00',
    '2026-02-30T09:30:00Z',
    '2026-13-01T09:30:00Z',
    '2026-05-01T25:30:00Z',
    'May 1, 2026',
    1_777_628_400_000,
    null,
    '',
  ].map(createdAt => ({ ...least, createdAt })),
  'emailConfirmedAt must be an instant such as 2026-05-01T09:30:00Z': [
    { ...least, emailConfirmedAt: true },
    { ...least, emailConfirmedAt: '2026-05-01 09:30' },
  ],
  'disabledAt must be an instant such as 2026-05-01T09:30:00Z': [{ ...least, disabledAt: true }],
  'profile must be an object': [[], null, 'x', 5].map(profile => ({ ...least, profile })),
  'profile must not be nested more than 8 deep': [
    { ...least, profile: { 1: { 2: { 3: { 4: { 5: { 6: { 7: { 8: {} } } } } } } } } },
    { ...least, profile: { 1: [[[[[[[[]]]]]]]] } },
  ],
}

for (const [sentence, lines] of Object.entries(wrong)) {
  t.test(`a bad line is refused with a reason: ${sentence}`, async t => {
    for (const line of lines) t.equal(reason(line), sentence)
  })
}

t.test('a user name becomes canonical, and may be a reserved one', async t => {
  t.equal(read({ ...least, username: 'Ada.L' }).username, 'ada.l')
  t.equal(read({ ...least, username: 'admin' }).username, 'admin')
})

t.test('a profile may be eight levels deep', async t => {
  t.equal(reason({ ...least, profile: { 1: { 2: { 3: { 4: { 5: { 6: { 7: { 8: 9 } } } } } } } } }), null)
})

t.test('bytes that are not UTF-8 are refused, not repaired', async t => {
  t.throws(() => readUserLine(Buffer.from([0x7b, 0xff, 0x7d]), now), { message: 'it is not UTF-8' })
})

t.test('the line that the documentation shows is a good one', async t => {
  const document = readFileSync('docs/importing-users.md', 'utf8')
  const [, line = ''] = /```json\n(.+)\n```/.exec(document) ?? []
  t.hasStrict(read(line), { email: 'ada@example.com', profile: { plan: 'pro' } })
})

t.test('no reason repeats the hash', async t => {
  const broken = `{"email":"ada@example.com","passwordHash":"${passwordHash}" oops`
  t.notMatch(reason(broken), /bcrypt|ada/)
})

t.test('a written line is read as the same user', async t => {
  for (const line of [
    least,
    {
      ...least,
      id,
      username: 'ada',
      emailConfirmedAt: '2020-02-29T23:59:59.999Z',
      lastSignInAt: '2020-03-01T00:00:00.000Z',
      createdAt: '1969-07-20T20:17:40.001Z',
      disabledAt: '1970-01-01T00:00:00.000Z',
      profile: { '': [{ emoji: '😀' }], text: '\u2028\n"' },
    },
  ]) {
    const user = read(line)
    const written = writeUserLine(user)
    t.match(written, /^\{[^\n]+\}\n$/)
    t.strictSame(read(written), user)
  }
})
