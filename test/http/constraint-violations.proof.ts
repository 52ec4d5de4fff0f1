import Libsql from 'libsql'
import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import {
  mysqlPool,
  mysqlServer,
  postgresPool,
  postgresServer,
  runOnMysql,
  runOnPostgres,
} from '../support/database-server.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

interface Rules {
  /** Begins a table that refers to our users. */
  readonly posts: string
  /** Each refuses every further sign-up, with a word that the log must have. */
  readonly refusals: Readonly<Record<string, readonly [statement: string, name: RegExp, removal: string]>>
}

const [postgres, mysql] = await Promise.all([postgresServer(), mysqlServer()])

async function openPostgres(t: Test) {
  const url = await postgres.createDatabase(t)
  return { storage: postgresStorage({ pool: postgresPool(t, url) }), run: (sql: string) => runOnPostgres(url, sql) }
}

async function openMysql(t: Test) {
  const url = await mysql.createDatabase(t)
  return { storage: mysqlStorage({ pool: mysqlPool(t, url) }), run: (sql: string) => runOnMysql(url, sql) }
}

async function openSqlite(t: Test) {
  const file = `${t.testdir()}/auth.db`
  const run = async (sql: string) => {
    const database = new Libsql(file)
    database.exec(sql)
    database.close()
  }
  return { storage: sqliteStorage({ file }), run }
}

const check = "alter table fast_auth_users add constraint no_new_users check (created_at < 0 or email like 'ada%')"
const dropCheck = 'alter table fast_auth_users drop constraint no_new_users'

const databases: readonly (Rules & {
  readonly name: string
  readonly missing: string | false
  open(t: Test): Promise<{ storage: Storage; run(sql: string): Promise<unknown> }>
})[] = [
  {
    name: 'PostgreSQL',
    missing: postgres.missing,
    open: openPostgres,
    posts: 'create table posts (author text collate "C" not null references fast_auth_users (id))',
    refusals: {
      'a check constraint': [check, /no_new_users/, dropCheck],
      'a trigger': [
        "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'free plan'; end $$; create trigger refuse before insert on fast_auth_users for each row execute function refuse()",
        /free plan/,
        'drop trigger refuse on fast_auth_users',
      ],
      'a column without a value': [
        "alter table fast_auth_users add tenant text not null default 'a'; alter table fast_auth_users alter tenant drop default",
        /tenant/,
        'alter table fast_auth_users drop tenant',
      ],
      'a unique index': ['create unique index one_user on fast_auth_users ((1))', /one_user/, 'drop index one_user'],
    },
  },
  {
    name: 'MariaDB',
    missing: mysql.missing,
    open: openMysql,
    posts:
      'create table posts (author varchar(128) character set utf8mb4 collate utf8mb4_nopad_bin not null, foreign key posts_author (author) references fast_auth_users (id))',
    refusals: {
      'a check constraint': [check, /no_new_users/, dropCheck],
      'a trigger': [
        "create trigger refuse before insert on fast_auth_users for each row signal sqlstate '45000' set message_text = 'free plan'",
        /free plan/,
        'drop trigger refuse',
      ],
      'a column without a value': [
        'alter table fast_auth_users add tenant int not null',
        /tenant/,
        'alter table fast_auth_users drop tenant',
      ],
    },
  },
  {
    name: 'SQLite',
    missing: false,
    open: openSqlite,
    posts: 'create table posts (author text not null references fast_auth_users (id))',
    refusals: {
      'a trigger': [
        "create trigger refuse before insert on fast_auth_users begin select raise(abort, 'free plan'); end",
        /free plan/,
        'drop trigger refuse',
      ],
    },
  },
]

for (const { name, missing, open, posts, refusals } of databases) {
  t.test(
    `${name}: a constraint or a trigger of the application is a permanent error, named in the log without values`,
    { skip: missing },
    async t => {
      const { storage, run } = await open(t)
      const log: string[] = []
      const { app } = await testApplication(t, {
        options: { storage, migrate: true },
        server: { logger: { level: 'error', stream: { write: (line: string) => log.push(line) } } },
      })
      const { accessToken, user } = await signUpForTokens(app)
      await run(posts)
      await run(`insert into posts (author) values ('${user.id}')`)
      const headers = bearer(accessToken)
      const remove = () =>
        app.inject({ method: 'DELETE', url: '/auth/me', headers, payload: { password: ada.password } })

      const deletion = await remove()
      refused(t, deletion, 500, 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED')
      t.equal(deletion.headers['retry-after'], undefined)
      t.match(log.join(''), /posts|FOREIGN KEY/)
      t.notMatch(log.join(''), user.id)
      await t.rejects(app.fastAuth.deleteUser(user.id), { code: 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED' })
      t.equal((await app.inject({ url: '/auth/me', headers })).statusCode, 200, 'nothing was written')

      for (const [kind, [statement, reason, removal]] of Object.entries(refusals)) {
        log.length = 0
        await run(statement)
        const payload = { email: 'grace@example.com', password: ada.password }
        const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload })
        refused(t, answer, 500, 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED')
        t.match(log.join(''), reason, kind)
        t.notMatch(log.join(''), 'grace@example.com', kind)
        await run(removal)
      }

      await run('delete from posts')
      t.equal((await remove()).statusCode, 204, 'the deletion succeeds when no row refers to the user')
    },
  )
}
