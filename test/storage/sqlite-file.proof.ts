import { join } from 'node:path'
import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'

// Thousands of transactions, each of which waits for the disk.
t.setTimeout(300_000)

t.test('the SQLite storage keeps the contract of the port in a file, on two connections', async t => {
  const file = join(t.testdir(), 'shared-by-all-cases.db')
  storageConformance(t.test, async () => ({
    storage: sqliteStorage({ file }),
    connect: async () => sqliteStorage({ file }),
  }))
})
