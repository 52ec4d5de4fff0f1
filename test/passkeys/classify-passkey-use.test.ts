import t from 'tap'
import { classifyPasskeyUse } from '../../lib/composition/storage.js'

const findingOf = (
  [storedCounter, wasBackedUp]: readonly [number, boolean],
  [counter, backedUp]: readonly [number, boolean],
) => classifyPasskeyUse({ counter: storedCounter, backedUp: wasBackedUp }, { counter, backedUp })

t.test('only a counter that has grown holds', async t => {
  for (const [counter, finding] of [
    [6, 'holds'],
    [2 ** 32 - 1, 'holds'],
    [5, 'copied'],
    [4, 'copied'],
    [1, 'copied'],
  ] as const)
    t.equal(findingOf([5, false], [counter, false]), finding, String(counter))
})

t.test('an authenticator that does not count is not compared, nor one that begins or ceases to count', async t => {
  for (const [stored, counter] of [
    [0, 0],
    [0, 7],
    [7, 0],
  ] as const)
    t.equal(findingOf([stored, false], [counter, false]), 'holds', `${stored}, then ${counter}`)
})

t.test('a passkey that is or was backed up is not compared', async t => {
  for (const counter of [1, 5, 6])
    for (const [wasBackedUp, isBackedUp] of [
      [true, true],
      [true, false],
      [false, true],
    ] as const)
      t.equal(findingOf([5, wasBackedUp], [counter, isBackedUp]), 'holds', `${counter}, ${wasBackedUp}, ${isBackedUp}`)
})
