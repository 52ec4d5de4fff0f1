import Libsql from 'libsql'
import t from 'tap'
import { randomEvent } from '../../../lib/conformance/event-cases.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import type { SqliteHandle } from '../../../lib/storage/sql/sqlite.js'
import type { PasswordHash, Storage, UserRecord } from '../../../lib/storage/storage.js'
import { storageVerbs } from '../../../lib/storage/storage-verbs.js'
import { notingStorage } from './fixtures/noting-storage.js'
import { openStorage } from './fixtures/open-storage.js'
import { aMessage, anApiKey, aSession, aToken, aUser, now, rotationOf } from './fixtures/records.js'

const handle = new Libsql(':memory:')
t.teardown(() => handle.close())
const statements = new Set<string>()

const recording: SqliteHandle = {
  prepare(sql) {
    statements.add(sql)
    return handle.prepare(sql)
  },
  exec: sql => handle.exec(sql),
  close: () => handle.close(),
}

const called = new Set<string>()

async function useUsers({ users, sessions }: Storage): Promise<void> {
  const user = aUser()
  const session = aSession(user)
  const { id: userId, email, passwordHash } = user
  const newHash = 'new' as PasswordHash
  await users.create(signUpOf(user, { session }))
  await users.create(signUpOf(aUser({ username: user.username })))
  await users.find({ userId })
  await users.findByEmail({ email })
  await users.findByUsername({ username: String(user.username) })
  await users.list({ limit: 10 })
  await users.list({ afterId: userId, limit: 10 })
  await users.count()
  await sessions.open({ session: aSession(user), passwordHash })
  await users.replacePasswordHash({ userId, currentHash: passwordHash, newHash })
  const change = { userId, currentHash: newHash, newHash: passwordHash, idleExpiresAt: now, now, messages: [] }
  await users.replacePasswordHash({ userId, currentHash: passwordHash, newHash })
  await users.changePassword({ ...change, currentHash: passwordHash, sessionId: session.id })
  await users.changePassword({ ...change, sessionId: 'none' })
  await users.changePassword({ ...change, sessionId: session.id })
  for (const maximumBytes of [1, 1000]) await users.updateProfile({ userId, patch: { a: 1 }, maximumBytes })
  await users.updateProfile({ userId, patch: {}, maximumBytes: 1000, username: 'grace' })
  await users.updateProfile({ userId: 'none', patch: {}, maximumBytes: 9 })
  for (const address of [email, 'none']) await users.markEmailConfirmed({ userId, email: address, now })
  await users.disable({ userId: 'none', now })
  await users.disable({ userId, now })
  await users.enable({ userId: 'none' })
  await users.enable({ userId })
  await users.delete({ userId, now })
  await users.delete({ userId, now })
}

async function useSessions({ users, sessions }: Storage): Promise<void> {
  const user = aUser()
  const [first, second, third] = [aSession(user), aSession(user), aSession(user)]
  await users.create(signUpOf(user, { session: first }))
  for (const session of [second, third]) await sessions.open({ session, passwordHash: user.passwordHash })
  await sessions.open({ session: first, passwordHash: 'other' as PasswordHash })
  await sessions.find({ sessionId: first.id, now })
  await sessions.find({ sessionId: 'none', now })
  await sessions.rotate(rotationOf(first, { recordSuperseded: true }))
  await sessions.rotate(rotationOf(first))
  await sessions.rotate(rotationOf(first, { graceMilliseconds: 0 }))
  await sessions.rotate(rotationOf(first))
  await sessions.rotate(rotationOf(second, { now: second.expiresAt }))
  await sessions.list({ userId: user.id, now, limit: 10 })
  await sessions.revoke({ sessionId: second.id, userId: user.id, now })
  await sessions.revoke({ sessionId: second.id, now })
  await sessions.revokeAll({ userId: user.id, exceptSessionId: second.id, now })
  await sessions.revokeAll({ userId: user.id, now })
}

async function useOneTimeTokens({ users, oneTimeTokens, apiKeys }: Storage, user: UserRecord): Promise<void> {
  const newHash = 'new' as PasswordHash
  const confirm = aToken(user)
  const reset = aToken(user, { purpose: 'resetPassword' })
  const change = aToken(user, { purpose: 'changeEmail', email: `new-${user.email}` })
  const taken = aToken(user, { purpose: 'changeEmail' })
  await oneTimeTokens.issue({ token: confirm, messages: [] })
  await users.create(signUpOf(user, { session: aSession(user) }))
  await apiKeys.create({ apiKey: anApiKey(user), maximumPerUser: 1 })
  await oneTimeTokens.issue({ token: reset, messages: [] })
  await oneTimeTokens.find({ hash: reset.hash, purpose: 'resetPassword', now })
  await oneTimeTokens.resetPassword({ hash: reset.hash, newHash, now, messages: [] })
  await oneTimeTokens.resetPassword({ hash: reset.hash, newHash, now, messages: [] })
  await oneTimeTokens.find({ hash: reset.hash, purpose: 'resetPassword', now })
  await oneTimeTokens.issue({ token: confirm, messages: [] })
  await oneTimeTokens.confirmEmail({ hash: confirm.hash, now })
  await oneTimeTokens.confirmEmail({ hash: confirm.hash, now })
  await oneTimeTokens.issue({ token: change, messages: [] })
  await oneTimeTokens.changeEmail({ hash: change.hash, now })
  await oneTimeTokens.changeEmail({ hash: change.hash, now })
  await oneTimeTokens.issue({ token: confirm, messages: [] })
  await oneTimeTokens.confirmEmail({ hash: confirm.hash, now })
  await users.create(signUpOf(aUser({ email: user.email })))
  await oneTimeTokens.issue({ token: taken, messages: [] })
  await oneTimeTokens.changeEmail({ hash: taken.hash, now })
}

async function confirmFirst({ users, oneTimeTokens }: Storage): Promise<void> {
  const user = aUser()
  const token = aToken(user)
  await users.create(signUpOf(user))
  await oneTimeTokens.issue({ token, messages: [] })
  await oneTimeTokens.confirmEmail({ hash: token.hash, now })
}

async function useApiKeys({ users, apiKeys }: Storage): Promise<void> {
  const user = aUser()
  const apiKey = anApiKey(user)
  await apiKeys.create({ apiKey, maximumPerUser: 1 })
  await users.create(signUpOf(user))
  await apiKeys.create({ apiKey, maximumPerUser: 1 })
  await apiKeys.create({ apiKey: anApiKey(user), maximumPerUser: 1 })
  for (const sortBy of ['createdAt', 'name', 'lastUsedAt'] as const)
    for (const sortOrder of ['asc', 'desc'] as const)
      await apiKeys.list({ userId: user.id, limit: 10, offset: 0, sortBy, sortOrder })
  await apiKeys.findByHash({ hash: apiKey.hash, now })
  await apiKeys.findByHash({ hash: anApiKey(user).hash, now })
  const roll = { apiKeyId: apiKey.id, maximumLifetimeMilliseconds: null, maximumPerUser: 2, now }
  for (const overlapMilliseconds of [1, 1, 0]) {
    const request = { ...roll, overlapMilliseconds, successor: anApiKey(user) }
    await apiKeys.roll({ ...request, userId: user.id })
    await apiKeys.roll({ ...request, userId: 'none' })
  }
  await apiKeys.touch({ uses: [] })
  await apiKeys.touch({ uses: [{ apiKeyId: apiKey.id, lastUsedAt: now }] })
  await apiKeys.delete({ apiKeyId: apiKey.id, userId: 'none', now })
  await apiKeys.delete({ apiKeyId: apiKey.id, now })
}

async function useOutbox({ users, sessions, oneTimeTokens, outbox }: Storage): Promise<void> {
  const user = aUser()
  const session = aSession(user)
  const messages = [aMessage(user), aMessage(user, { userId: null })]
  await users.create(signUpOf(user, { session, token: aToken(user), messages }))
  await users.create(signUpOf(aUser({ email: user.email }), { messagesIfTaken: [aMessage(user), aMessage(user)] }))
  await oneTimeTokens.issue({ token: aToken(user), messages: [aMessage(user)] })
  await outbox.add({ messages: [] })
  await outbox.add({ messages: [aMessage(user), aMessage(aUser()), aMessage(user, { userId: null })] })
  const [message] = await outbox.claim({ now, leaseUntil: now + 1, limit: 10 })
  await outbox.claim({ now, leaseUntil: now + 1, limit: 10 })
  if (message !== undefined) {
    await outbox.postpone({ messageId: message.id, attempts: message.attempts, nextAttemptAt: now })
    await outbox.remove({ messageId: message.id })
  }
  await sessions.rotate(rotationOf(session, { requireConfirmedEmail: true }))
  await users.delete({ userId: user.id, now })
}

async function useEvents({ users, events }: Storage): Promise<void> {
  const user = aUser()
  await users.create(signUpOf(user))
  const event = randomEvent(user.id)
  await events.add({ events: [event, randomEvent(null)] })
  await events.add({ events: [event] })
  await events.list({ limit: 10 })
  await events.list({ userId: user.id, beforeId: event.id, limit: 10 })
  await users.delete({ userId: user.id, now })
}

async function useTheRest({ revocations, purge, ping }: Storage): Promise<void> {
  const [after] = await revocations.list({ since: now, limit: 1 })
  if (after !== undefined) await revocations.list({ since: now, after, limit: 1 })
  await purge({ now, revokedBefore: now, eventsBefore: 0, limit: 1 })
  await ping()
}

/** How SQLite would carry the statement out, a line a step. */
function planOf(sql: string): string[] {
  const steps = handle.prepare(`explain query plan ${sql}`).all()
  return steps.map(step => String(Reflect.get(Object(step), 'detail')))
}

const isWholeTable = (step: string) => step.startsWith('SCAN') && !/^SCAN (\d+ )?CONSTANT ROWS?$/.test(step)

t.before(async () => {
  const storage = notingStorage(openStorage(t, { database: recording }), called)
  await storage.migrate()
  statements.clear()
  await useUsers(storage)
  await useSessions(storage)
  for (const emailConfirmedAt of [null, now]) await useOneTimeTokens(storage, aUser({ emailConfirmedAt }))
  await confirmFirst(storage)
  await useApiKeys(storage)
  await useOutbox(storage)
  await useEvents(storage)
  await useTheRest(storage)
})

t.test('every verb is among those whose statements are looked at', async t => {
  const every = Object.entries(storageVerbs).flatMap(([group, verbs]) => verbs.map(verb => `${group}.${verb}`))
  t.same([...called].sort(), every.sort())
})

const isCountOfAll = (sql: string) => sql === 'select count(*) as "total" from "fast_auth_users"'

t.test('no statement of any verb reads a whole table, but for the count of all users', async t => {
  for (const sql of statements) t.same(isCountOfAll(sql) ? [] : planOf(sql).filter(isWholeTable), [], sql)
})

t.test('all users are counted in an index, without their rows', async t => {
  const counts = [...statements].filter(isCountOfAll)
  t.equal(counts.length, 1)
  for (const sql of counts) t.match(planOf(sql)[0], /^SCAN fast_auth_users USING COVERING INDEX /)
})

t.test('messages to claim are read in the order in which they are due, not sorted', async t => {
  const claims = [...statements].filter(sql => sql.startsWith('select') && sql.includes('order by "next_attempt_at"'))
  t.equal(claims.length, 1)
  for (const sql of claims)
    t.same(planOf(sql), ['SEARCH fast_auth_outbox USING INDEX fast_auth_outbox_by_next_attempt (next_attempt_at<?)'])
})

t.test('a key is found by the index of hashes, and its user by the key of users', async t => {
  const lookUps = [...statements].filter(sql => sql.includes('from "fast_auth_api_keys" as'))
  t.equal(lookUps.length, 1)
  for (const sql of lookUps) {
    t.same(planOf(sql), [
      'SEARCH apiKey USING INDEX sqlite_autoindex_fast_auth_api_keys_2 (hash=?)',
      'SEARCH owner USING PRIMARY KEY (id=?)',
    ])
  }
})

t.test('a person’s keys are read where they lie together, and only these are sorted and counted', async t => {
  const lists = [...statements].filter(sql =>
    /from "fast_auth_api_keys".*order by|count.*"fast_auth_api_keys"/.test(sql),
  )
  t.equal(lists.length, 7)
  for (const sql of lists) t.match(planOf(sql)[0], /^SEARCH fast_auth_api_keys USING PRIMARY KEY \(user_id=\?\)$/)
})

t.test('a statement without an index would be noticed', async t => {
  t.ok(planOf('select * from fast_auth_sessions where ip = ?').some(isWholeTable))
  t.ok(planOf('delete from fast_auth_revocations where id = ?').some(isWholeTable))
})

t.test('no value is part of a statement, so that each statement is compiled and prepared once', async t => {
  for (const sql of statements) t.notMatch(sql, /\d{3}|@|none/)
  t.ok(statements.size > 40 && statements.size < 90, `${statements.size} statements`)
})
