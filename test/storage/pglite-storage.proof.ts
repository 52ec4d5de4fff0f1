import { PGlite } from '@electric-sql/pglite'
import t from 'tap'
import { conformanceTitles, storageConformance } from '../../lib/conformance/index.js'
import { kyselyStorage } from '../../lib/engines/kysely.js'
import { pgliteDialect } from './sql/fixtures/pglite-dialect.js'

t.setTimeout(600_000)

/** PGlite has one connection, which runs one statement at a time. The proof of PostgreSQL runs the races with the same SQL. */
const races = conformanceTitles.filter(title => title.startsWith('race: '))

t.test('a dialect of the application’s keeps the contract of the port, with tables named otherwise', async t => {
  const database = await PGlite.create()
  t.teardown(() => database.close())
  const dialect = pgliteDialect(database)
  await database.exec('create schema accounts')
  storageConformance(
    t.test,
    async () => ({ storage: kyselyStorage({ dialect, engine: 'postgres', tablePrefix: 'auth_', schema: 'accounts' }) }),
    { skip: races },
  )
})
