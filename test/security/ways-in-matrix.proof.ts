import t from 'tap'
import { serverAdapters, sqliteAdapter } from '../support/adapters.js'
import { waysInAreGuarded } from './fixtures/ways-in-matrix.js'

for (const adapter of [sqliteAdapter, ...serverAdapters]) {
  const { name, missing: skip } = adapter

  t.test(`on ${name} no way in leads around a second factor`, { skip }, t => waysInAreGuarded(t, adapter))
}
