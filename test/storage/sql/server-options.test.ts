import mysql from 'mysql2'
import pg from 'pg'
import t from 'tap'
import { type KyselyStorageOptions, kyselyStorage } from '../../../lib/engines/kysely.js'
import { type MysqlStorageOptions, mysqlStorage } from '../../../lib/engines/mysql.js'
import { type PostgresStorageOptions, postgresStorage } from '../../../lib/engines/postgres.js'

const pgPool = new pg.Pool()
const mysqlPool = mysql.createPool({})
t.teardown(() => Promise.all([pgPool.end(), mysqlPool.promise().end()]))

const adapters = {
  postgresStorage: (options: object) => postgresStorage({ pool: pgPool, ...options } as PostgresStorageOptions),
  mysqlStorage: (options: object) => mysqlStorage({ pool: mysqlPool, ...options } as MysqlStorageOptions),
  kyselyStorage: (options: object) => kyselyStorage(options as KyselyStorageOptions),
} as const

type Adapter = keyof typeof adapters

const refusals: readonly [Adapter, object, string][] = [
  ['postgresStorage', { pol: pgPool }, 'postgresStorage has no option "pol"'],
  ['postgresStorage', { toString: 1 }, 'postgresStorage has no option "toString"'],
  ['postgresStorage', { pool: undefined }, 'The option "pool" of postgresStorage must be a Pool of the package pg'],
  [
    'postgresStorage',
    { pool: 'postgres://db' },
    'The option "pool" of postgresStorage must be a Pool of the package pg',
  ],
  ['postgresStorage', { pool: null }, 'The option "pool" of postgresStorage must be a Pool of the package pg'],
  ['mysqlStorage', { pool: {} }, 'The option "pool" of mysqlStorage must be a pool of the package mysql2'],
  ['mysqlStorage', { schema: 'a' }, 'mysqlStorage has no option "schema"'],
  ['kyselyStorage', {}, 'The option "dialect" of kyselyStorage must be a Kysely dialect'],
  [
    'kyselyStorage',
    { dialect: { createDriver() {} }, engine: 'sqlite' },
    'The option "engine" of kyselyStorage must be "postgres" or "mysql"',
  ],
  [
    'postgresStorage',
    { preparedStatements: 'yes' },
    'The option "preparedStatements" of postgresStorage must be true or false',
  ],
  ['postgresStorage', { push: 1 }, 'The option "push" of postgresStorage must be true or false'],
  [
    'postgresStorage',
    { pool: new pg.Pool({ max: 1 }), push: true },
    'The option "push" of postgresStorage needs a pool of two connections or more',
  ],
  ...[0, -1, 0.5, '5', null, Number.POSITIVE_INFINITY, 2 ** 31].map(
    (statementTimeoutMilliseconds): [Adapter, object, string] => [
      'mysqlStorage',
      { statementTimeoutMilliseconds },
      'The option "statementTimeoutMilliseconds" of mysqlStorage must be a whole number of milliseconds, 1 or more',
    ],
  ),
  ...['', 'Auth_', '1_', 'a-b', 'a"b', 'a'.repeat(25), 7].map((tablePrefix): [Adapter, object, string] => [
    'postgresStorage',
    { tablePrefix },
    'The option "tablePrefix" of postgresStorage must be 1 to 24 lower-case letters, digits and underscores, not starting with a digit',
  ]),
  ...['', 'a"b', 'a'.repeat(64), 7].map((schema): [Adapter, object, string] => [
    'postgresStorage',
    { schema },
    'The option "schema" of postgresStorage must be the name of a schema, without quotation marks',
  ]),
]

for (const [adapter, options, message] of refusals) {
  t.test(
    `${adapter} refuses ${Object.entries(options).map(([name, value]) => `${name}: ${typeof value} ${value}`)}`,
    async t => {
      t.throws(() => adapters[adapter](options), { name: 'TypeError', message })
    },
  )
}

t.test('a pool of mysql2/promise will do, and options are left as they were', async t => {
  const pool = mysqlPool.promise()
  t.type(mysqlStorage(Object.freeze({ pool, tablePrefix: 'a', statementTimeoutMilliseconds: 1 })).ping, 'function')
})

t.test('after close every method rejects, and the pool is open', async t => {
  for (const storage of [adapters.postgresStorage({}), adapters.mysqlStorage({})]) {
    await storage.close()
    await t.rejects(storage.users.find({ userId: 'x' }), { message: 'The storage is closed' })
    await t.rejects(storage.migrate(), { message: 'The storage is closed' })
    await t.rejects(storage.ping(), { message: 'The storage is closed' })
    await t.resolves(storage.close())
  }
  t.equal(pgPool.ending, false)
})
