import t from 'tap'
import { classifyRotation } from '../../lib/composition/storage.js'

const stored = { generation: 5, rotatedAt: 1_000_000, expiresAt: 2_000_000 }
const grace = 10_000

t.test('a rotation is classified by the presented generation and the time since the last rotation', async t => {
  const cases = [
    { title: 'the current generation is rotated', generation: 5, now: 1_500_000, is: 'rotated' },
    {
      title: 'a generation ahead of the store is rotated: the store has lost a write',
      generation: 9,
      now: 1_500_000,
      is: 'rotated',
    },
    { title: 'the parent within the grace window is repeated', generation: 4, now: 1_000_000, is: 'repeated' },
    {
      title: 'the parent at the last millisecond of the window is repeated',
      generation: 4,
      now: 1_010_000,
      is: 'repeated',
    },
    { title: 'the parent one millisecond later is reused', generation: 4, now: 1_010_001, is: 'reused' },
    {
      title: 'a clock that runs behind the last rotation is still within the window',
      generation: 4,
      now: 900_000,
      is: 'repeated',
    },
    { title: 'the grandparent is reused even within the window', generation: 3, now: 1_000_000, is: 'reused' },
    { title: 'the last millisecond of the session rotates', generation: 5, now: 1_999_999, is: 'rotated' },
    { title: 'an expired session is unknown', generation: 5, now: 2_000_000, is: 'unknown' },
    { title: 'an expired session is unknown to an old generation too', generation: 1, now: 2_000_000, is: 'unknown' },
  ] as const
  for (const { title, generation, now, is } of cases) {
    t.equal(classifyRotation(stored, { generation, now, graceMilliseconds: grace }), is, title)
  }
})

t.test('a grace of 0 makes even an immediate repetition a reuse', async t => {
  t.equal(classifyRotation(stored, { generation: 4, now: stored.rotatedAt, graceMilliseconds: 0 }), 'reused')
})

t.test('a session that is not stored is unknown', async t => {
  t.equal(classifyRotation(null, { generation: 0, now: 1, graceMilliseconds: grace }), 'unknown')
})
