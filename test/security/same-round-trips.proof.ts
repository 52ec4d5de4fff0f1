import type { Test } from 'tap'
import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { type IoredisClient, redisStorage } from '../../lib/engines/redis.js'
import { connectIoredis, keySpace, withoutRedis } from '../storage/redis/fixtures/redis-connections.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from '../support/database-server.js'
import { createStatementLog, type StatementLog } from './fixtures/statement-log.js'
import { expectAlike, refusedGuesses } from './fixtures/statements-of-codes.js'
import {
  expectInvitationsAlike,
  invitationsOfAddresses,
  statementsOfSizes,
} from './fixtures/statements-of-invitations.js'
import { expectCodesAlike, refusedCodes, statementsOfCodeRequests } from './fixtures/statements-of-mailed-codes.js'
import { expectUsesAlike, refusedUses } from './fixtures/statements-of-passkeys.js'
import { statementsOfRequests } from './fixtures/statements-of-requests.js'

t.setTimeout(120_000)

/** The round trip to a database in another building. */
const delayMilliseconds = 20

const [postgres, mysql, missingRedis] = await Promise.all([postgresServer(), mysqlServer(), withoutRedis()])

/** Makes a driver's connection send its statements through the log. */
function replace<Method extends string>(connection: object, name: Method, by: (original: CallableFunction) => unknown) {
  const original: CallableFunction = Reflect.get(connection, name)
  Reflect.set(connection, name, by(original.bind(connection)))
}

async function openPostgres(t: Test, log: StatementLog): Promise<Storage> {
  const pool = postgresPool(t, await postgres.createDatabase(t))
  pool.on('connect', client =>
    replace(
      client,
      'query',
      query => (statement: { text: string }) => log.send(statement.text, () => query(statement)),
    ),
  )
  return postgresStorage({ pool })
}

async function openMysql(t: Test, log: StatementLog): Promise<Storage> {
  const pool = mysqlPool(t, await mysql.createDatabase(t))
  const sendLogged = (send: CallableFunction) => (statement: { sql: string }, answered: CallableFunction) => {
    const answer = () => new Promise<unknown[]>(resolve => send(statement, (...all: unknown[]) => resolve(all)))
    log.send(statement.sql, answer).then(all => answered(...all))
  }
  pool.on('connection', connection => {
    replace(connection, 'query', sendLogged)
    replace(connection, 'execute', sendLogged)
  })
  return mysqlStorage({ pool })
}

async function openRedis(t: Test, log: StatementLog): Promise<Storage> {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const logged: IoredisClient = {
    call: (command, words) => log.send(command, () => client.call(command, words)),
    duplicate: () => client.duplicate(),
  }
  return redisStorage({ client: logged, keyPrefix })
}

const opened = {
  PostgreSQL: { missing: postgres.missing, open: openPostgres, counts: [7, 7, 7, 1, 9], codeRequests: 7 },
  MariaDB: { missing: mysql.missing, open: openMysql, counts: [8, 8, 8, 1, 10], codeRequests: 8 },
  Redis: { missing: missingRedis, open: openRedis, counts: [3, 3, 2, 1, 5], codeRequests: 4 },
}

for (const [name, { missing, open, counts, codeRequests }] of Object.entries(opened)) {
  t.test(
    `on ${name} a request takes as many round trips for a known as for an unknown address`,
    {
      skip: missing,
    },
    async t => {
      const log = createStatementLog(delayMilliseconds)
      const storage = await open(t, log)
      await storage.migrate()
      const { resetRequest, confirmationRequest, signUp, wrongPassword, emailChange } = await statementsOfRequests(t, {
        storage,
        log,
      })
      const requests = [resetRequest, confirmationRequest, signUp, wrongPassword, emailChange]
      for (const [index, request] of requests.entries()) {
        const { unknown, ...others } = await request()
        t.equal(unknown.length, counts[index], unknown.join(', '))
        t.notOk(
          unknown.some(statement => statement.includes('concurrently')),
          'each statement is a delay of its own',
        )
        for (const [owner, statements] of Object.entries(others)) t.strictSame(statements, unknown, owner)
      }
    },
  )

  t.test(
    `on ${name} a second factor that is refused takes as many round trips, whatever the reason`,
    {
      skip: missing,
    },
    async t => {
      const log = createStatementLog(delayMilliseconds)
      const storage = await open(t, log)
      await storage.migrate()
      expectAlike(t, await refusedGuesses(t, { storage, log }))
    },
  )

  t.test(
    `on ${name} a passkey that is refused takes as many round trips, whatever the reason`,
    { skip: missing },
    async t => {
      const log = createStatementLog(delayMilliseconds)
      const storage = await open(t, log)
      expectUsesAlike(t, await refusedUses(t, { storage, log }))
    },
  )

  t.test(
    `on ${name} a request for a mailed code takes as many round trips for every address`,
    { skip: missing },
    async t => {
      for (const signUp of [false, true]) {
        const log = createStatementLog(delayMilliseconds)
        const storage = await open(t, log)
        await storage.migrate()
        const requests = await statementsOfCodeRequests(t, { storage, log }, { signUp })
        const { 'unknown, first': unknown = [], ...others } = requests
        t.equal(unknown.length, codeRequests, unknown.join(', '))
        t.notOk(unknown.some(statement => statement.includes('concurrently')))
        for (const [which, statements] of Object.entries(others)) t.strictSame(statements, unknown, which)
      }
    },
  )

  t.test(
    `on ${name} a mailed code that is refused takes as many round trips, whatever the reason`,
    { skip: missing },
    async t => {
      const log = createStatementLog(delayMilliseconds)
      const storage = await open(t, log)
      await storage.migrate()
      expectCodesAlike(t, await refusedCodes(t, { storage, log }))
    },
  )

  t.test(
    `on ${name} an invitation takes as many round trips, and gets the same answer for every address`,
    { skip: missing },
    async t => {
      const log = createStatementLog(delayMilliseconds)
      const storage = await open(t, log)
      await storage.migrate()
      expectInvitationsAlike(t, await invitationsOfAddresses(t, { storage, log }))
    },
  )

  t.test(
    `on ${name} the round trips of a switch, a list and a check of a role do not grow with the organisation`,
    { skip: missing },
    async t => {
      const log = createStatementLog(0)
      const storage = await open(t, log)
      await storage.migrate()
      const { few, many } = await statementsOfSizes(t, { storage, log })
      t.strictSame(many, few)
      t.comment(Object.fromEntries(Object.entries(few).map(([what, { length }]) => [what, length])))
    },
  )
}
