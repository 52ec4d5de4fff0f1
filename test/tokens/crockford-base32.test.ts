import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { canonicalBase32, encodeBase32, inGroups } from '../../lib/tokens/crockford-base32.js'
import { holds } from '../support/holds.js'

t.test('bytes are written in the alphabet, the first bits first', async t => {
  t.equal(encodeBase32(Buffer.from('0000000000', 'hex')), '00000000')
  t.equal(encodeBase32(Buffer.from('ffffffffff', 'hex')), 'zzzzzzzz')
  t.equal(encodeBase32(Buffer.from('00443214c7', 'hex')), '01234567')
  t.equal(encodeBase32(Buffer.from('0000000001', 'hex')), '00000001')
})

t.test('every text of 40 bits belongs to one value', async t => {
  const bytes = fc.uint8Array({ minLength: 5, maxLength: 5 }).map(array => Buffer.from(array))
  holds(
    t,
    fc.property(bytes, bytes, (one, other) => one.equals(other) === (encodeBase32(one) === encodeBase32(other))),
  )
})

t.test('a written text is canonical, in any case and grouped in any way', async t => {
  for (let count = 0; count < 100; count += 1) {
    const text = encodeBase32(randomBytes(5))
    for (const typed of [text, text.toUpperCase(), inGroups(text), ` ${[...text].join(' - ')} `])
      t.equal(canonicalBase32(typed, 8), text)
  }
})

t.test('letters that look like a digit are that digit', async t => {
  t.equal(canonicalBase32('OoIiLl01', 8), '00111101')
})

t.test('a text of another length, or with another character, has no canonical form', async t => {
  const wrong = [
    '',
    '0123456',
    '012345678',
    '0123456u',
    '0123456U',
    '0123456!',
    '0123456ß',
    '０1234567',
    '0123456\u0000',
  ]
  for (const text of wrong) t.equal(canonicalBase32(text, 8), null, JSON.stringify(text))
})

t.test('a text is shown in groups of four, the last one with what is left', async t => {
  t.equal(inGroups('k7qm3x9d'), 'k7qm-3x9d')
  t.equal(inGroups('k7qm3'), 'k7qm-3')
})
