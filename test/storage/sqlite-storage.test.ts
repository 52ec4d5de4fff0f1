import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'

t.test('the SQLite storage keeps the contract of the port in memory', async t => {
  storageConformance(t.test, async () => ({ storage: sqliteStorage({ file: ':memory:' }) }))
})
