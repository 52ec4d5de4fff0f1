import t, { type Test } from 'tap'
import { databaseProblem } from '../../lib/cli/database-problem.js'
import { openStorage } from '../../lib/cli/open-storage.js'
import { ada } from '../support/account.js'
import { breakableServer } from '../support/breakable-server.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../support/database-server.js'
import { secret } from '../support/secret.js'
import { serveHere } from './fixtures/running-server.js'
import { fastAuthCommand } from './fixtures/shell.js'
import { visitor } from './fixtures/visitor.js'

type Query = (statement: string) => Promise<unknown>

const servers = [
  {
    name: 'PostgreSQL',
    server: await postgresServer(),
    connect(t: Test, url: string): Query {
      const pool = postgresPool(t, url)
      return statement => pool.query(statement)
    },
    readers: {
      make: (reader: string) => `create role ${reader} login`,
      admit: (reader: string) => `grant select on all tables in schema public to ${reader}`,
      remove: (reader: string) => `drop owned by ${reader}; drop role ${reader}`,
    },
  },
  {
    name: 'MySQL',
    server: await mysqlServer(),
    connect(t: Test, url: string): Query {
      const pool = mysqlPool(t, url).promise()
      return statement => pool.query(statement)
    },
    readers: {
      make: (reader: string) => `create user ${reader}`,
      admit: (reader: string) => `grant select on *.* to ${reader}`,
      remove: (reader: string) => `drop user ${reader}`,
    },
  },
]

const beginning = 'fast-auth: Cannot prepare the database: '
const upToDate = 'The tables of the database are at the current version.\n'

function changed(url: string, parts: Partial<URL>): string {
  return Object.assign(new URL(url), parts).href
}

for (const { name, server, connect, readers } of servers) {
  t.test(name, { skip: server.missing }, async t => {
    const migrate = async (DATABASE_URL: string, ...words: string[]) =>
      fastAuthCommand(['migrate', ...words], t.testdir(), { DATABASE_URL })

    t.test('a dry run prints the SQL and changes nothing; then migrate carries it out', async t => {
      const url = await server.createDatabase(t)
      for (const _ of [1, 2]) t.match((await migrate(url, '--dry-run')).stdout, /^create table .+fast_auth_users.+;$/m)
      t.hasStrict(await migrate(url), { exitCode: 0, stdout: upToDate, stderr: '' })
      t.hasStrict(await migrate(url, '--dry-run'), { exitCode: 0, stdout: `-- ${upToDate}`, stderr: '' })
    })

    t.test('a sentence names the problem of the URL, without the password', async t => {
      const url = await server.createDatabase(t)
      const broken = await breakableServer(t, url)
      broken.breakDown()
      const wrongUser = { username: 'nobody_here', password: 'hunter2' }
      const cases = [
        [changed(url, { port: '1' }), 'No server answers at the host and port of DATABASE_URL'],
        [changed(url, { hostname: 'nowhere.invalid' }), 'No server answers at the host and port of DATABASE_URL'],
        [changed(url, wrongUser), 'The server refuses the user or the password of DATABASE_URL'],
        [changed(url, { pathname: '/not_made_yet' }), 'The server has no database with the name in DATABASE_URL'],
        [broken.url, ''],
      ] as const
      for (const [wrong, sentence] of cases) {
        const { exitCode, stderr } = await migrate(wrong)
        t.equal(exitCode, 1)
        t.ok(stderr.startsWith(beginning + sentence), stderr)
        t.notMatch(stderr, 'hunter2')
      }
    })

    t.test('the message reports missing rights, and needs none if the tables exist', async t => {
      const url = await server.createDatabase(t)
      const query = connect(t, url)
      const reader = `fast_auth_reader_${url.slice(-6)}`
      await query(readers.make(reader))
      t.teardown(() => query(readers.remove(reader)))
      await query(readers.admit(reader))
      const theirs = changed(url, { username: reader })
      const { stderr } = await migrate(theirs)
      t.match(stderr, 'The user of DATABASE_URL lacks a privilege. Grant it, or run "fast-auth migrate"')
      await migrate(url)
      await query(readers.admit(reader))
      t.hasStrict(await migrate(theirs), { exitCode: 0, stdout: upToDate })
    })

    t.test('a storage that is closed twice is closed', async t => {
      const url = await server.createDatabase(t)
      const storage = await openStorage({ kind: name === 'MySQL' ? 'mysql' : 'postgres', url }, t.testdir())
      await Promise.all([storage.close(), storage.close()])
      await t.rejects(storage.ping(), { message: 'The storage is closed' })
    })

    t.test('while the database is down requests are answered 503, and then as before, without a restart', async t => {
      const broken = await breakableServer(t, await server.createDatabase(t))
      const { url } = await serveHere(t, t.testdir(), { DATABASE_URL: broken.url, JWT_SECRET_KEY: secret })
      t.equal((await visitor(url).signUp()).status, 201)
      t.equal((await fetch(`${url}/readyz`)).status, 200)
      broken.breakDown()
      const refused = await visitor(url).post('/auth/sign-in', ada)
      t.equal(refused.status, 503)
      t.match(refused.headers.get('retry-after'), /^\d+$/)
      t.equal((await fetch(`${url}/readyz`)).status, 503)
      t.equal((await fetch(`${url}/healthz`)).status, 200)
      broken.recover()
      t.equal((await fetch(`${url}/readyz`)).status, 200)
      t.equal((await visitor(url).post('/auth/sign-in', ada)).status, 200)
    })
  })
}

t.test('a read-only database is reported as such', async t => {
  for (const code of ['25006', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE'])
    t.match(
      databaseProblem(Object.assign(new Error('read-only'), { code })),
      /^The database is read-only\. .+\(read-only\)$/,
    )
})

t.test('an error without a message is reported by its code, and an unknown one by its message', async t => {
  t.match(databaseProblem(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })), /\(ECONNREFUSED\)$/)
  t.equal(databaseProblem(new Error('out of patience')), 'out of patience')
})
