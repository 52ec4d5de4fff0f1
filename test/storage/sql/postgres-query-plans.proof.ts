import t from 'tap'
import { storageMethods } from '../../../lib/composition/storage-methods.js'
import { type PostgresStatement, postgresStorage } from '../../../lib/engines/postgres.js'
import { postgresPool, postgresServer } from '../../support/database-server.js'
import { useEveryMethod } from './fixtures/use-every-method.js'

const server = await postgresServer()

/** Those of `explain (format json)` that read a table. */
interface Step {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Step[]
}

const stepsOf = (step: Step): readonly Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)]

t.test('no statement of any method needs a whole table of PostgreSQL', { skip: server.missing }, async t => {
  const pool = postgresPool(t, await server.createDatabase(t))
  const statements = new Map<string, PostgresStatement>()
  const recording = {
    async connect() {
      const client = await pool.connect()
      return {
        async query(statement: PostgresStatement) {
          statements.set(statement.text, statement)
          return client.query(statement)
        },
        release: (isBroken?: boolean) => client.release(isBroken),
        on: client.on.bind(client),
        off: client.off.bind(client),
      }
    },
  }
  const storage = postgresStorage({ pool: recording })
  await storage.migrate()
  statements.clear()
  const called = await useEveryMethod(storage)

  const client = await pool.connect()
  t.teardown(() => client.release())
  // Tables this small are read whole if that is possible at all otherwise.
  await client.query('set enable_seqscan = off')
  const wholeTables = async (text: string, values: unknown[]) => {
    const { rows } = await client.query(`explain (format json) ${text}`, values)
    const [{ Plan: plan }] = rows[0]['QUERY PLAN']
    return stepsOf(plan).filter(step => step['Node Type'] === 'Seq Scan' && step['Relation Name'] !== undefined)
  }

  await t.test('every method is among those whose statements are looked at', async t => {
    const every = Object.entries(storageMethods).flatMap(([group, methods]) =>
      methods.map(method => `${group}.${method}`),
    )
    t.same([...called].sort(), every.sort())
  })

  const ofTables = [...statements.values()].filter(({ text }) => /^(select .+ from|insert|update|delete)/.test(text))
  t.ok(ofTables.length > 40, `${ofTables.length} statements`)
  for (const { text, values } of ofTables) t.same(await wholeTables(text, values), [], text)

  await t.test('statements that lock several rows of a table lock them in one order', async t => {
    const locking = [...statements.keys()].filter(text => text.endsWith('for update'))
    const several = locking.filter(text => !/"(id|flow_id)" = \$\d/.test(text))
    t.ok(locking.length - several.length > 4, `${locking.length} statements, of them ${several.length} of several rows`)
    t.ok(several.length > 4)
    for (const text of several) t.match(text, /order by "id" for update$/)
  })

  t.equal((await wholeTables('select * from fast_auth_sessions where ip = $1', ['x'])).length, 1)
})
