import { createHash } from 'node:crypto'
import t from 'tap'
import { newRecoveryCodes, recoveryCodeHash } from '../../lib/features/second-factor/recovery-codes.js'

const canonical = '0123456789abcdefghjkmnpq'

t.test('ten codes of 120 bits are made, in an alphabet without letters that look alike', async t => {
  const codes = Array.from({ length: 40 }, newRecoveryCodes).flat()
  t.equal(newRecoveryCodes().length, 10)
  for (const { code } of codes) t.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/)
  t.equal(new Set(codes.map(({ code }) => code)).size, codes.length)
  t.equal(new Set(codes.map(({ hash }) => hash)).size, codes.length)
  // 24 characters of 5 bits are 120 bits, if every place has every character: 400 codes miss one with a chance of 0.3 %.
  const places = Array.from(
    { length: 24 },
    (_, place) => new Set(codes.map(({ code }) => code.replaceAll('-', '')[place])),
  )
  const found = places.reduce((sum, { size }) => sum + size, 0)
  t.ok(found > 24 * 32 - 8, `${found} of ${24 * 32}`)
})

t.test('a code is recognised as it was given', async t => {
  for (const { code, hash } of newRecoveryCodes()) t.equal(recoveryCodeHash(code), hash)
})

t.test('a code may be typed in any case, with spaces and hyphens, and with letters that look like digits', async t => {
  const hash = recoveryCodeHash(canonical)
  t.equal(hash, createHash('sha256').update(`recovery code ${canonical}`).digest('base64url'))
  for (const typed of [
    canonical.toUpperCase(),
    '0123-4567-89ab-cdef-ghjk-mnpq',
    ' 0123 4567 89ab\tcdef ghjk mnpq\n',
    'o123-4567-89ab-cdef-ghjk-mnpq',
    'O123456789ABCDEFGHJKMNPQ',
    '0i23456789abcdefghjkmnpq',
    '0L23456789abcdefghjkmnpq',
  ])
    t.equal(recoveryCodeHash(typed), hash, typed)
})

t.test('what cannot be a recovery code has no hash', async t => {
  for (const typed of [
    '',
    '-',
    canonical.slice(1),
    `${canonical}0`,
    `u${canonical.slice(1)}`,
    `é${canonical.slice(1)}`,
  ])
    t.equal(recoveryCodeHash(typed), null, typed)
})
