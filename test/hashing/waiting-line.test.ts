import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createWaitingLine } from '../../lib/hashing/waiting-line.js'

const other = (network: string) => ({ network, isFirst: false })
const first = (network: string) => ({ network, isFirst: true })

/** A line that writes down who lost a place. */
function lineOf(limit: number) {
  const line = createWaitingLine<string>(limit)
  const displaced: string[] = []
  const join = (turn: { network: string; isFirst: boolean }, ...names: readonly string[]) => {
    for (const name of names) {
      const loser = line.join(turn, name)
      if (loser !== null) displaced.push(loser)
    }
  }
  const order = () => Array.from({ length: line.length }, () => line.next())
  return { line, join, order, displaced }
}

t.test('networks are served in turn, and each of them in the order in which its requests came', async t => {
  const { join, order } = lineOf(10)
  join(other('a'), 'a1', 'a2', 'a3')
  join(other('b'), 'b1', 'b2')
  join(other('c'), 'c1')
  t.same(order(), ['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
})

t.test('a network that comes again waits behind those that wait already', async t => {
  const { line, join, order } = lineOf(10)
  join(other('a'), 'a1')
  join(other('b'), 'b1')
  t.equal(line.next(), 'a1')
  join(other('a'), 'a2')
  t.same(order(), ['b1', 'a2'])
})

t.test('a lone network may take every place, and loses the last ones to networks that come later', async t => {
  const { join, order, displaced } = lineOf(4)
  join(other('a'), 'a1', 'a2', 'a3', 'a4', 'a5')
  t.same(displaced, ['a5'])
  join(other('b'), 'b1', 'b2', 'b3')
  t.same(displaced, ['a5', 'a4', 'a3', 'b3'])
  join(other('c'), 'c1')
  t.same(displaced, ['a5', 'a4', 'a3', 'b3', 'a2'])
  t.same(order(), ['a1', 'b1', 'c1', 'b2'])
})

t.test('if every place belongs to another network, a new job is refused', async t => {
  const { join, order, displaced } = lineOf(3)
  for (const network of ['a', 'b', 'c', 'd']) join(other(network), network)
  t.same(displaced, ['d'])
  t.same(order(), ['a', 'b', 'c'])
})

t.test('requests that go first are served before the others, and after three of them one other', async t => {
  const { join, order } = lineOf(20)
  join(other('a'), 'a1', 'a2')
  join(first('a'), 'f1', 'f2', 'f3', 'f4')
  join(first('b'), 'g1')
  t.same(order(), ['f1', 'g1', 'f2', 'a1', 'f3', 'f4', 'a2'])
})

t.test('a request that goes first takes the place of one that does not, from the network that has most', async t => {
  const { join, order, displaced } = lineOf(3)
  join(other('a'), 'a1')
  join(other('b'), 'b1', 'b2')
  join(first('c'), 'c1', 'c2')
  t.same(displaced, ['b2', 'a1'])
  join(other('a'), 'a2')
  t.same(displaced, ['b2', 'a1', 'a2'])
  t.same(order(), ['c1', 'c2', 'b1'])
})

t.test('one network of requests that go first takes no more than the surplus once it has two places', async t => {
  const { join, displaced } = lineOf(4)
  join(other('a'), 'a1', 'a2')
  join(first('b'), 'b1', 'b2', 'b3')
  t.same(displaced, ['b3'])
  const flooded = lineOf(5)
  flooded.join(other('a'), 'a1', 'a2', 'a3')
  flooded.join(first('b'), 'b1', 'b2', 'b3')
  t.same(flooded.displaced, ['a3'])
})

t.test('others take two places a network from the surplus of one that floods with requests that go first', async t => {
  const { join, order, displaced } = lineOf(5)
  join(first('a'), 'a1', 'a2', 'a3', 'a4', 'a5')
  join(other('b'), 'b1', 'b2', 'b3')
  t.same(displaced, ['a5', 'a4', 'b3'])
  join(other('c'), 'c1')
  t.same(displaced, ['a5', 'a4', 'b3', 'a3'])
  join(other('d'), 'd1')
  t.same(displaced, ['a5', 'a4', 'b3', 'a3', 'b2'])
  t.same(order(), ['a1', 'a2', 'b1', 'c1', 'd1'])
})

t.test('a line without places refuses every job', async t => {
  const { line, join, displaced } = lineOf(0)
  join(other('a'), 'a1')
  join(first('a'), 'a2')
  t.same(displaced, ['a1', 'a2'])
  t.equal(line.next(), undefined)
})

t.test('no line is longer than its limit, loses a job or runs a job twice', async () => {
  const arrivals = fc.array(
    fc.record({ network: fc.constantFrom('a', 'b', 'c'), isFirst: fc.boolean(), leave: fc.boolean() }),
  )
  await fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), arrivals, (limit, steps) => {
      const line = createWaitingLine<number>(limit)
      const gone: (number | undefined)[] = []
      for (const [index, { leave, ...turn }] of steps.entries()) {
        const displaced = line.join(turn, index)
        if (displaced !== null) gone.push(displaced)
        assert(line.length <= limit)
        if (leave && line.length > 0) gone.push(line.next())
      }
      while (line.length > 0) gone.push(line.next())
      assert.deepEqual(
        gone.sort((a = 0, b = 0) => a - b),
        steps.map((_, index) => index),
      )
    }),
  )
})
