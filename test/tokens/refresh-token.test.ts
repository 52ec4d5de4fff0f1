import { createHmac } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { holds } from '../support/holds.js'
import { otherSecret, secret } from '../support/secret.js'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const content = fc.record(
  {
    sessionId: fc.uuid(),
    generation: fc.oneof(fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1), fc.nat({ max: 2 ** 32 - 1 })),
  },
  { noNullPrototype: true },
)
const tokens = createRefreshTokens(createKeyring([secret]))
const sample = tokens.issue({ sessionId: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11', generation: 41 })

/** The sample's text after any change of its bytes. */
function withBytes(change: (bytes: Buffer) => Buffer): string {
  return change(Buffer.from(sample, 'base64url')).toString('base64url')
}

t.test('a refresh token says which session and generation it is of, up to the last generation', async t => {
  holds(
    t,
    fc.property(content, given => isDeepStrictEqual(tokens.read(tokens.issue(given)), given)),
  )
})

t.test('one session and generation has one refresh token, in every process', async t => {
  const elsewhere = createRefreshTokens(createKeyring([secret, otherSecret]))
  holds(
    t,
    fc.property(content, given => tokens.issue(given) === elsewhere.issue(given)),
  )
})

t.test('no two sessions or generations share a refresh token', async t => {
  holds(
    t,
    fc.property(content, content, (one, other) => {
      const isSame = one.sessionId === other.sessionId && one.generation === other.generation
      return (tokens.issue(one) === tokens.issue(other)) === isSame
    }),
  )
})

t.test('a refresh token is version, key id, session, generation and an HMAC over all of them', async t => {
  const bytes = Buffer.from(sample, 'base64url')
  const { id, refreshTokenKey } = createKeyring([secret]).newest
  t.equal(bytes.length, 59)
  t.equal(bytes[0], 1)
  t.equal(bytes.toString('base64url', 1, 7), id)
  t.equal(bytes.toString('hex', 7, 23), '3f0c4a528a534b219d8c5f3a5d1f0c11')
  t.equal(bytes.readUInt32BE(23), 41)
  t.same(bytes.subarray(27), createHmac('sha256', refreshTokenKey).update(bytes.subarray(0, 27)).digest())
})

t.test('a generation that a token cannot hold is not issued as another one', async t => {
  for (const generation of [2 ** 32, -1]) {
    t.throws(() => tokens.issue({ sessionId: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11', generation }), RangeError)
  }
})

t.test('a refresh token with any one bit flipped is none', async t => {
  for (let position = 0; position < 59 * 8; position += 1) {
    const flipped = withBytes(bytes => {
      bytes[position >> 3] = (bytes[position >> 3] as number) ^ (1 << (position & 7))
      return bytes
    })
    t.equal(tokens.read(flipped), null, `bit ${position}`)
  }
})

t.test('a refresh token with any one character replaced is none, the last one’s unused bits included', async t => {
  for (const [position, character] of [...sample].entries()) {
    for (const other of alphabet.replace(character, '')) {
      const replaced = sample.slice(0, position) + other + sample.slice(position + 1)
      if (tokens.read(replaced) !== null) t.fail(`${other} for ${character} at ${position}`)
    }
  }
  t.equal(tokens.read(sample)?.generation, 41)
})

t.test('a refresh token cut off at any length is none', async t => {
  for (let length = 0; length < sample.length; length += 1) {
    t.equal(tokens.read(sample.slice(0, length)), null)
    t.equal(tokens.read(sample.slice(sample.length - length)), null)
  }
})

t.test('a refresh token with anything before, behind or inside it is none', async t => {
  const place = fc.nat({ max: sample.length })
  holds(
    t,
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), place, (text, at) => {
      return tokens.read(sample.slice(0, at) + text + sample.slice(at)) === null
    }),
  )
})

t.test('another way to write the same bytes is no refresh token', async t => {
  const bytes = Buffer.from(sample, 'base64url')
  const ways = [
    bytes.toString('base64'),
    `${sample}=`,
    `${sample.slice(0, -1)}=`,
    ` ${sample}`,
    `${sample}\n`,
    `${sample.slice(0, 40)}\n${sample.slice(40)}`,
    ` ${sample.slice(1)}`,
    bytes.toString('hex'),
    bytes.toString('latin1'),
    sample.toUpperCase(),
  ]
  for (const way of ways) t.equal(tokens.read(way), null, JSON.stringify(way))
})

t.test('the alphabet of plain base64 is refused, although it decodes to the same bytes', async t => {
  const generations = Array.from({ length: 200 }, (_, generation) => generation)
  const issued = generations.map(generation =>
    tokens.issue({ sessionId: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11', generation }),
  )
  for (const [foreign, ours] of [
    ['+', '-'],
    ['/', '_'],
  ] as const) {
    const rewritten = issued.filter(token => token.includes(ours)).map(token => token.replaceAll(ours, foreign))
    t.ok(rewritten.length > 0)
    for (const token of rewritten) t.equal(tokens.read(token), null)
  }
})

t.test('random text of a token’s length is no refresh token', async t => {
  const text = fc.string({ minLength: 79, maxLength: 79, unit: fc.constantFrom(...alphabet) })
  holds(
    t,
    fc.property(text, garbage => tokens.read(garbage) === null),
  )
  holds(
    t,
    fc.property(fc.string({ minLength: 79, maxLength: 79, unit: 'binary' }), text => tokens.read(text) === null),
  )
})

t.test('a token of another version is none, even with a right HMAC', async t => {
  const { refreshTokenKey } = createKeyring([secret]).newest
  for (const version of [0, 2, 255]) {
    const text = withBytes(bytes => {
      bytes[0] = version
      const signed = bytes.subarray(0, 27)
      return Buffer.concat([signed, createHmac('sha256', refreshTokenKey).update(signed).digest()])
    })
    t.equal(tokens.read(text), null, `version ${version}`)
  }
})

t.test('a refresh token lives as long as its secret is in the ring, wherever it stands there', async t => {
  holds(
    t,
    fc.property(content, given => {
      const old = createRefreshTokens(createKeyring([otherSecret])).issue(given)
      const readers = [
        [secret, otherSecret],
        [otherSecret, secret],
      ] as const
      const isRead = readers.every(ring => isDeepStrictEqual(createRefreshTokens(createKeyring(ring)).read(old), given))
      return isRead && tokens.read(old) === null
    }),
  )
})

t.test('a token of another secret does not become ours by our key id', async t => {
  const foreign = createRefreshTokens(createKeyring([otherSecret])).issue({
    sessionId: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11',
    generation: 41,
  })
  const bytes = Buffer.from(foreign, 'base64url')
  bytes.write(createKeyring([secret]).newest.id, 1, 6, 'base64url')
  t.equal(tokens.read(bytes.toString('base64url')), null)
})
