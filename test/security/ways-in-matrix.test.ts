import t from 'tap'
import { memoryAdapter } from '../support/adapters.js'
import { waysInAreGuarded } from './fixtures/ways-in-matrix.js'

for (const adapter of [memoryAdapter]) {
  const { name, missing: skip } = adapter

  t.test(`on ${name} no way in leads around a second factor`, { skip }, t => waysInAreGuarded(t, adapter))
}
