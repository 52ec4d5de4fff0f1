import t from 'tap'
import { conformanceTitles, storageConformance } from '../../lib/conformance/index.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'

/** The proof with a file runs all cases, on two connections. */
const races = conformanceTitles.filter(title => title.startsWith('race: '))

t.test('the SQLite storage keeps the contract of the port in memory', async t => {
  storageConformance(t.test, async () => ({ storage: sqliteStorage({ file: ':memory:' }) }), { skip: races })
})
