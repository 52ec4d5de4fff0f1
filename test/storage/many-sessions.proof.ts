import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'libsql'
import t, { type Test } from 'tap'
import type { SessionRecord, Storage } from '../../lib/composition/storage.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { type RedisClient, redisStorage } from '../../lib/engines/redis.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada, bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { postgresPool, postgresServer } from '../support/database-server.js'
import { testApplication } from '../support/test-application.js'
import { connectIoredis, keySpace, withoutRedis } from './redis/fixtures/redis-connections.js'

t.setTimeout(600_000)

const many = 50_000
const [postgres, missingRedis] = await Promise.all([postgresServer(), withoutRedis()])

interface Crowded {
  readonly storage: Storage
  /** Stores so many sessions like this one, as a release without a maximum has left them. */
  fill(like: SessionRecord): Promise<unknown>
  /** The most words that a single command had, if the database has commands. */
  longestCommand?: () => number
}

/** The columns of a session, but for its id, as literals. */
function literalsOf(like: SessionRecord): string {
  const { userId, createdAt, rotatedAt, expiresAt, absoluteExpiresAt } = like
  return `'${userId}', 0, ${createdAt}, ${rotatedAt}, ${expiresAt}, ${absoluteExpiresAt}`
}

const columns = 'id, user_id, generation, created_at, rotated_at, expires_at, absolute_expires_at'

async function sqlite(t: Test): Promise<Crowded> {
  const file = join(t.testdir(), 'auth.db')
  return {
    storage: sqliteStorage({ file }),
    async fill(like) {
      const database = new Database(file)
      database.exec(`insert into fast_auth_sessions (${columns})
        with recursive series(n) as (select 1 union all select n + 1 from series where n < ${many})
        select '${like.id}-' || n, ${literalsOf(like)} from series`)
      database.close()
    },
  }
}

async function onPostgres(t: Test): Promise<Crowded> {
  const pool = postgresPool(t, await postgres.createDatabase(t))
  return {
    storage: postgresStorage({ pool }),
    fill: like =>
      pool.query(`insert into fast_auth_sessions (${columns})
        select '${like.id}-' || n, ${literalsOf(like)} from generate_series(1, ${many}) n`),
  }
}

/** A client that notes how many words each command has. */
function counting(client: RedisClient): { readonly client: RedisClient; longest(): number } {
  let longest = 0
  const counted = new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (name !== 'call' || typeof value !== 'function') return value
      return (...words: unknown[]) => {
        longest = Math.max(longest, words.flat().length)
        return value.apply(target, words)
      }
    },
  })
  return { client: counted, longest: () => longest }
}

async function onRedis(t: Test): Promise<Crowded> {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const counted = counting(client)
  const key = (name: string) => `{${keyPrefix}}:${name}`
  return {
    storage: redisStorage({ client: counted.client, keyPrefix }),
    longestCommand: counted.longest,
    async fill(like) {
      for (let first = 0; first < many; first += 1_000) {
        const pipeline = client.pipeline()
        for (let place = first; place < first + 1_000; place++) {
          const session = { ...like, id: `${like.id}-${place}` }
          pipeline.set(key(`session:${session.id}`), JSON.stringify(session), 'PX', 600_000)
          pipeline.zadd(key(`sessions-of:${like.userId}`), '0', session.id)
          pipeline.zadd(key('sessions-by-expiry'), like.expiresAt, `${session.id}\0${like.userId}`)
        }
        await pipeline.exec()
      }
      await client.set(key('schema'), '1')
    },
  }
}

const databases = [
  { name: 'SQLite', missing: false, open: sqlite },
  { name: 'PostgreSQL', missing: postgres.missing, open: onPostgres },
  { name: 'Redis', missing: missingRedis, open: onRedis },
] as const

for (const { name, missing, open } of databases) {
  t.test(
    `on ${name} an account with 50,000 sessions is listed, bounded, reset and deleted`,
    { skip: missing },
    async t => {
      const { storage, fill, longestCommand } = await open(t)
      const { app, post, tokenTo, advance } = await testApplication(t, {
        mail: true,
        options: { storage },
      })
      const { user, session, ...first } = await signUpForTokens(app)
      const record = await storage.sessions.find({ sessionId: session.id, now: 0 })
      if (record === null) throw new Error('the session is not there')
      const crowd = async () => {
        await fill({ ...record, id: randomUUID() })
        await storage.migrate()
      }

      await crowd()
      advance(60)
      const listed = await app.inject({ url: '/auth/sessions?offset=49990', headers: bearer(first.accessToken) })
      t.equal(listed.statusCode, 200)
      t.hasStrict(listed.json(), { total: many + 1, offset: 49_990 })
      t.equal(listed.json().items.length, 11)

      const second = await signInForTokens(app)
      const bounded = await app.inject({ url: '/auth/sessions', headers: bearer(second.accessToken) })
      t.equal(bounded.json().total, many + 2 - 1_000, 'a sign-in revokes 1,000 of those past the maximum')

      await post('/password/forgot', { email: ada.email })
      const token = await tokenTo(ada.email, 'resetPassword')
      t.equal((await post('/password/reset', { token, password: 'a horse of another colour' })).statusCode, 204)
      const account = { ...ada, password: 'a horse of another colour' }
      const third = await signInForTokens(app, account)
      const left = await app.inject({ url: '/auth/sessions', headers: bearer(third.accessToken) })
      t.equal(left.json().total, 1, 'the reset ends every session')

      await crowd()
      t.hasStrict(await app.fastAuth.disableUser(user.id), { outcome: 'disabled', endedSessions: many + 1 })
      await app.fastAuth.enableUser(user.id)
      await signInForTokens(app, account)
      await crowd()
      const { accessToken } = await signInForTokens(app, account)
      const deletion = {
        method: 'DELETE',
        url: '/auth/me',
        headers: bearer(accessToken),
        payload: { password: account.password },
      } as const
      t.equal((await app.inject(deletion)).statusCode, 204)
      t.equal(await storage.users.find({ userId: user.id }), null)
      t.same(await storage.sessions.list({ userId: user.id, now: 0, limit: 1, offset: 0 }), { items: [], total: 0 })
      if (longestCommand !== undefined)
        t.ok(longestCommand() < 12_000, `the longest command had ${longestCommand()} words`)
    },
  )
}
