import t from 'tap'
import { type CborItem, encodeCbor } from '../../lib/testing/cbor.js'

/** RFC 8949, appendix A. */
const vectors: readonly (readonly [CborItem, string])[] = [
  [0, '00'],
  [1, '01'],
  [23, '17'],
  [24, '1818'],
  [100, '1864'],
  [1000, '1903e8'],
  [-1, '20'],
  [-10, '29'],
  [-100, '3863'],
  [-1000, '3903e7'],
  [Buffer.of(), '40'],
  [Buffer.of(1, 2, 3, 4), '4401020304'],
  ['', '60'],
  ['IETF', '6449455446'],
  ['ü', '62c3bc'],
  ['水', '63e6b0b4'],
  [new Map(), 'a0'],
  [
    new Map([
      [1, 2],
      [3, 4],
    ]),
    'a201020304',
  ],
  [new Map(Object.entries({ a: 'A', b: 'B', c: 'C', d: 'D', e: 'E' })), 'a56161614161626142616361436164614461656145'],
]

t.test('an item is encoded as in the examples of RFC 8949', async t => {
  for (const [item, hex] of vectors) t.equal(encodeCbor(item).toString('hex'), hex)
})

t.test('a length has one byte up to 255, and two from 256', async t => {
  t.equal(encodeCbor(Buffer.alloc(255)).subarray(0, 3).toString('hex'), '58ff00')
  t.equal(encodeCbor(Buffer.alloc(256)).subarray(0, 4).toString('hex'), '59010000')
  t.equal(encodeCbor(65_535).toString('hex'), '19ffff')
})

t.test('an integer of more than 16 bits is refused', async t => {
  t.throws(() => encodeCbor(65_536), RangeError)
})
