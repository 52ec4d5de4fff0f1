import fc from 'fast-check'
import t from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createSealer } from '../../lib/tokens/sealer.js'
import { otherSecret, secret } from '../support/secret.js'

const sealer = createSealer(createKeyring([secret]))
const text = fc.string({ unit: 'binary' })

/** The same bytes with one of them changed. */
function altered(sealed: string, position: number, mask: number): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const index = position % bytes.length
  bytes[index] = (bytes[index] ?? 0) ^ mask
  return bytes.toString('base64url')
}

t.test('a sealed text opens in its own context, unchanged', async () => {
  fc.assert(fc.property(text, text, (text, context) => sealer.open(sealer.seal(text, context), context) === text))
})

t.test('a sealed text does not open in another context', async () => {
  fc.assert(
    fc.property(text, text, text, (text, context, other) => {
      fc.pre(context !== other)
      return sealer.open(sealer.seal(text, context), other) === null
    }),
  )
})

t.test('a sealed text with any one byte changed does not open', async () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, position, mask) => {
      return sealer.open(altered(sealer.seal(text, 'row'), position, mask), 'row') === null
    }),
  )
})

t.test('a sealed text cut short anywhere does not open, nor does one with something behind it', async t => {
  const sealed = sealer.seal('text', 'row')
  for (let length = 0; length < sealed.length; length += 1) t.equal(sealer.open(sealed.slice(0, length), 'row'), null)
  for (const tail of ['A', 'AAAA', '=', '\n', '*']) t.equal(sealer.open(sealed + tail, 'row'), null)
})

t.test('a last character that decodes to the same bytes does not pass for the real one', async t => {
  const sealed = sealer.seal('12', 'row')
  t.not(sealed.length % 4, 0, 'there are spare bits in it')
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const opening = [...alphabet].filter(last => sealer.open(sealed.slice(0, -1) + last, 'row') !== null)
  t.same(opening, [sealed.at(-1)])
})

t.test('any text at all is refused without an exception', async () => {
  fc.assert(fc.property(text, text, (sealed, context) => sealer.open(sealed, context) === null))
})

t.test('a text sealed with an older secret opens for as long as that is in the ring', async t => {
  const sealed = sealer.seal('text', 'row')
  t.equal(createSealer(createKeyring([otherSecret, secret])).open(sealed, 'row'), 'text')
  t.equal(createSealer(createKeyring([otherSecret])).open(sealed, 'row'), null)
})

t.test('new texts are sealed with the newest secret', async t => {
  const sealed = createSealer(createKeyring([otherSecret, secret])).seal('text', 'row')
  t.equal(createSealer(createKeyring([otherSecret])).open(sealed, 'row'), 'text')
})

t.test('one text sealed twice gives two sealed texts, neither of which shows it', async t => {
  const [one, other] = [sealer.seal('ada@example.com', 'row'), sealer.seal('ada@example.com', 'row')]
  t.not(one, other)
  t.notMatch(Buffer.from(one, 'base64url').toString('latin1'), /ada|example/)
})
