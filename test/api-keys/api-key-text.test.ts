import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { apiKeyChecksum, apiKeyHash, newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { apiKeyPattern } from '../../lib/index.js'
import { holds } from '../support/holds.js'
import { mistyped } from '../support/test-keys.js'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefixes = ['sk-', 'acme_live_', 'a-b_c-']

/** The number that a text in base62 is. */
function numberOf(text: string): bigint {
  return [...text].reduce((number, digit) => number * 62n + BigInt(alphabet.indexOf(digit)), 0n)
}

t.test('the checksum is that of GitHub’s tokens: CRC-32 in base62, padded with zeros', async t => {
  t.equal(apiKeyChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'), '0mLq17')
  t.equal(apiKeyChecksum(''), '000000')
  // The check value of CRC-32: 0xCBF43926.
  t.equal(numberOf(apiKeyChecksum('123456789')), 0xcbf43926n)
  t.match(apiKeyChecksum('123456789'), /^[0-9A-Za-z]{6}$/)
})

for (const prefix of prefixes) {
  t.test(`a key with the prefix ${prefix} is that, 43 characters and 6 of their checksum`, async t => {
    const { key, hash, keyPrefix, lastFour } = newApiKey(prefix)
    t.match(key, new RegExp(`^${prefix}[0-9A-Za-z]{49}$`))
    t.equal(apiKeyChecksum(key.slice(prefix.length, -6)), key.slice(-6))
    t.equal(hash, createHash('sha256').update(key).digest('base64url'))
    t.equal(apiKeyHash(key), hash)
    t.equal(keyPrefix, key.slice(0, prefix.length + 4))
    t.equal(lastFour, key.slice(-4))
  })
}

t.test('of ten thousand keys no two are alike, and no two look alike to the storage', async t => {
  const keys = Array.from({ length: 10_000 }, () => newApiKey('sk-'))
  t.equal(new Set(keys.map(({ key }) => key)).size, keys.length)
  t.equal(new Set(keys.map(({ hash }) => hash)).size, keys.length)
})

t.test('every one of 256 bits is as often set as not', async t => {
  const count = 4_000
  const set = new Array<number>(256).fill(0)
  for (let made = 0; made < count; made += 1) {
    const number = numberOf(newApiKey('sk-').key.slice(3, 46))
    t.equal(number >> 256n, 0n)
    for (const bit of set.keys()) set[bit] = Number(set[bit]) + Number((number >> BigInt(bit)) & 1n)
  }
  // Eight standard deviations: a fair bit is outside once in 10^15 runs, a stuck or biased one always.
  const tolerance = 8 * Math.sqrt(count / 4)
  t.same(
    set.filter(times => Math.abs(times - count / 2) > tolerance),
    [],
  )
})

t.test('every character is as likely as every other, in every place but the first', async t => {
  const count = 20_000
  const times = new Map<string, number>()
  const firsts = new Set<string>()
  for (let made = 0; made < count; made += 1) {
    const random = newApiKey('sk-').key.slice(3, 46)
    firsts.add(random.charAt(0))
    for (const character of random.slice(1)) times.set(character, (times.get(character) ?? 0) + 1)
  }
  const expected = (count * 42) / 62
  // 61 degrees of freedom: a fair generator is above 160 once in 10^10 runs; one that takes bytes modulo 62 is above 10,000.
  const chiSquared = [...times.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
  t.equal(times.size, 62)
  t.ok(chiSquared < 160, `χ² = ${chiSquared}`)
  t.ok(firsts.size >= 60, 'the first place has nearly all of them')
})

t.test('a key in which one character is another, or two have changed places, is known to be mistyped', async t => {
  const { key } = newApiKey('sk-')
  const places = fc.integer({ min: 3, max: key.length - 1 })
  holds(
    t,
    fc.property(places, fc.constantFrom(...alphabet), (place, character) => {
      const typed = key.slice(0, place) + character + key.slice(place + 1)
      return typed === key || apiKeyHash(typed) === null
    }),
  )
  holds(
    t,
    fc.property(fc.integer({ min: 3, max: key.length - 2 }), place => {
      const typed = key.slice(0, place) + key.charAt(place + 1) + key.charAt(place) + key.slice(place + 2)
      return typed === key || apiKeyHash(typed) === null
    }),
  )
  t.equal(apiKeyHash(mistyped(key)), null)
})

t.test('a text that is not a prefix and 49 characters is no key', async t => {
  const { key } = newApiKey('sk-')
  const random = key.slice(3)
  const others = ['', 'sk-', random, ` ${key}`, `${key} `, `${key}\n`, key.slice(0, -1), `${key}0`, `sk-é${random}`]
  for (const text of [...others, `sk-${random.slice(1)}`, `s k-${random}`, 'x'.repeat(100_000)]) {
    t.equal(apiKeyHash(text), null, text.slice(0, 60))
  }
})

t.test('the same random part behind another prefix is another key', async t => {
  const { key, hash } = newApiKey('sk-')
  const other = apiKeyHash(`pk-${key.slice(3)}`)
  t.type(other, 'string')
  t.not(other, hash)
})

t.test('the pattern for secret scanners finds keys wherever they stand, and nothing else', async t => {
  for (const prefix of prefixes) {
    const { key } = newApiKey(prefix)
    const pattern = apiKeyPattern(prefix)
    for (const text of [
      key,
      `KEY=${key}`,
      `"${key}"`,
      `Bearer ${key}\n`,
      `https://x.example/?k=${key}&l=1`,
      `(${key})`,
    ]) {
      t.equal(pattern.exec(text)?.[0], key, text)
    }
    for (const text of [
      `${key}x`,
      key.slice(0, -1),
      `x${key}`,
      key.replace(prefix, 'other-'),
      `${key.slice(0, -2)}-é`,
    ]) {
      t.notMatch(text, pattern, text)
    }
  }
})

t.test('the pattern needs no flags and no look-around, which scanners often lack', async t => {
  const { source, flags } = apiKeyPattern()
  t.equal(flags, '')
  t.notMatch(source, /\(\?/)
  t.ok(readFileSync('docs/api-keys.md', 'utf8').includes(`\`${source}\``), 'the documents have it')
})
