import t from 'tap'
import type { MysqlPool, MysqlStatement } from '../../../lib/engines/mysql.js'
import { mysqlStorage } from '../../../lib/engines/mysql.js'
import { mysqlPool, mysqlServer } from '../../support/database-server.js'
import { useEveryMethod } from './fixtures/use-every-method.js'

const server = await mysqlServer()

/** A line of `explain`. */
interface Step {
  readonly table: string | null
  readonly possible_keys: string | null
}

/** Neither a table that a statement has made for itself nor one that it need not even look into. */
const isStored = ({ table }: Step) => table !== null && !table.startsWith('<')

t.test('no statement of any method needs a whole table of MySQL', { skip: server.missing }, async t => {
  const pool = mysqlPool(t, await server.createDatabase(t))
  const statements = new Map<string, MysqlStatement>()
  const recording: MysqlPool = {
    getConnection(lent) {
      pool.getConnection((error, connection) => {
        if (error !== null) return lent(error, connection)
        lent(null, {
          query: (statement, answered) => connection.query(statement, answered),
          execute(statement, answered) {
            statements.set(statement.sql, statement)
            return connection.execute(statement, answered)
          },
          release: () => connection.release(),
          destroy: () => connection.destroy(),
        })
      })
    },
  }
  const storage = mysqlStorage({ pool: recording })
  await storage.migrate()
  await useEveryMethod(storage)

  /** However few rows there are: whether there is an index to find them by. */
  const withoutIndex = async (sql: string, values: MysqlStatement['values']) => {
    const [steps] = await pool.promise().query(`explain ${sql}`, values)
    return (steps as Step[]).filter(step => isStored(step) && step.possible_keys === null)
  }

  const ofTables = [...statements.values()].filter(({ sql }) => /^(select .+ from|update|delete)/.test(sql))
  t.ok(ofTables.length > 40, `${ofTables.length} statements`)
  for (const { sql, values } of ofTables) t.same(await withoutIndex(sql, values), [], sql)

  t.equal((await withoutIndex('select * from fast_auth_sessions where ip = ?', ['x'])).length, 1)
})
