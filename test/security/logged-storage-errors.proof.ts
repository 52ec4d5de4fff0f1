import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import type { PasswordHash, Storage, UserRecord } from '../../lib/composition/storage.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { redisStorage } from '../../lib/engines/redis.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { instrumentedStorage } from '../../lib/storage/instrumented-storage.js'
import {
  connectIoredis,
  connectNodeRedis,
  storageOf,
  withoutRedis,
} from '../storage/redis/fixtures/redis-connections.js'
import {
  mysqlPool,
  mysqlServer,
  postgresPool,
  postgresServer,
  runOnMysql,
  runOnPostgres,
} from '../support/database-server.js'

const canaries = {
  hash: '$argon2id$v=19$m=7168,t=5,p=1$c4n4ryHash',
  email: 'c4n4ry@example.com',
  sealed: 'c4n4rySealedMessage',
}

function user(id = randomUUID()): UserRecord {
  return {
    id,
    email: canaries.email,
    emailConfirmedAt: null,
    username: null,
    passwordHash: canaries.hash as PasswordHash,
    profile: {},
    createdAt: 1,
    lastSignInAt: null,
    disabledAt: null,
  }
}

function message(userId: string) {
  const { sealed } = canaries
  return { id: randomUUID(), userId, sealed, createdAt: 1, nextAttemptAt: 1, attempts: 0, expiresAt: 2 }
}

/** Returns the log of a sign-up that the database refuses, as the plugin logs the cause of a 503. */
async function loggedSignUp(t: Test, storage: Storage): Promise<string> {
  const lines: string[] = []
  const app = Fastify({ logger: { level: 'trace', stream: { write: (line: string) => lines.push(line) } } })
  t.teardown(() => app.close())
  const newUser = user()
  const sent = {
    user: newUser,
    session: null,
    token: null,
    messages: [message(newUser.id)],
    messagesIfTaken: [message('')],
  }
  const refusal = await instrumentedStorage(storage, 5000)
    .users.create(sent)
    .then(
      () => undefined,
      error => error,
    )
  t.ok(refusal, 'the database refuses')
  app.log.error({ err: refusal })
  app.log.error({ err: refusal.cause })
  return lines.join('')
}

function holdsNoCanary(t: Test, text: string, reason: RegExp): void {
  t.match(text, reason, 'the reason is in the log')
  t.notMatch(text, /c4n4ry/i)
}

const [postgres, mysql, missingRedis] = await Promise.all([postgresServer(), mysqlServer(), withoutRedis()])

t.test('an error of pg brings no hash, address or sealed message into the log', { skip: postgres.missing }, async t => {
  const faults = {
    'a check constraint': ["alter table fast_auth_users add constraint no_canaries check (email = '')", /no_canaries/],
    'a column without a value': ['alter table fast_auth_users add column tenant text not null', /tenant/],
    'a timeout': ['lock table fast_auth_users in access exclusive mode', /timeout|did not answer/],
    'a missing table': ['drop table fast_auth_outbox', /fast_auth_outbox/],
    'another type': ['alter table fast_auth_outbox drop column sealed, add column sealed json', /json/],
  } as const
  for (const [name, [statement, reason]] of Object.entries(faults)) {
    await t.test(name, async t => {
      const url = await postgres.createDatabase(t)
      const pool = postgresPool(t, url, { options: '-c statement_timeout=300 -c synchronous_commit=off' })
      const storage = postgresStorage({ pool, push: false })
      await storage.migrate()
      if (!statement.startsWith('lock')) await runOnPostgres(url, statement)
      else {
        const holder = await pool.connect()
        t.teardown(() => holder.release(true))
        await holder.query('begin')
        await holder.query(statement)
      }
      holdsNoCanary(t, await loggedSignUp(t, storage), reason)
    })
  }
})

t.test(
  'an error of mysql2 brings no hash, address or sealed message into the log',
  { skip: mysql.missing },
  async t => {
    const faults = {
      'a check constraint': [
        "alter table fast_auth_users add constraint no_canaries check (email like 'older%')",
        /no_canaries/,
      ],
      'a unique index of the application': [
        'create unique index by_hash on fast_auth_users (password_hash(64))',
        /by_hash/,
      ],
      'a column without a value': ['alter table fast_auth_users add column tenant int not null', /tenant/],
      'another type': ['alter table fast_auth_outbox modify sealed int', /sealed/],
      'a signal': [
        "create trigger refuse before insert on fast_auth_outbox for each row signal sqlstate '45000' set message_text = 'a rule of ours'",
        /a rule of ours/,
      ],
    } as const
    for (const [name, [statement, reason]] of Object.entries(faults)) {
      await t.test(name, async t => {
        const url = await mysql.createDatabase(t)
        const storage = mysqlStorage({ pool: mysqlPool(t, url) })
        await storage.migrate()
        const older = { ...user(), email: 'older@example.com' }
        await storage.users.create({ user: older, session: null, token: null, messages: [], messagesIfTaken: [] })
        await runOnMysql(url, statement)
        holdsNoCanary(t, await loggedSignUp(t, storage), reason)
      })
    }
  },
)

t.test('an error of SQLite brings no hash, address or sealed message into the log', async t => {
  const storage = sqliteStorage({ file: `${t.testdir()}/auth.db` })
  t.teardown(() => storage.close())
  holdsNoCanary(t, await loggedSignUp(t, storage), /no such table/)
})

t.test(
  'an error of a Redis client brings no hash, address or sealed message into the log',
  { skip: missingRedis },
  async t => {
    for (const connect of [connectIoredis, connectNodeRedis]) {
      const { storage, keyPrefix, client: operator } = await storageOf(t)
      const { client, close } = await connect()
      t.teardown(() => close().catch(() => undefined))
      const refused = redisStorage({ client, keyPrefix })
      await storage.migrate()
      await operator.set(`{${keyPrefix}}:users`, 'no index')
      holdsNoCanary(t, await loggedSignUp(t, refused), /WRONGTYPE/)
      await close()
      holdsNoCanary(t, await loggedSignUp(t, refused), /closed|writeable/i)
    }
  },
)
