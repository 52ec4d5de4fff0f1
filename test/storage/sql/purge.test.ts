import t from 'tap'
import type { OneTimeTokenHash } from '../../../lib/composition/storage.js'
import { signUpOf } from '../../../lib/conformance/sign-up-of.js'
import { openHandle, openStorage } from './fixtures/open-storage.js'
import { aMessage, aSession, aToken, aUser, now } from './fixtures/records.js'

const ages = [3, 1, 4, 0, 2]

const none = { signInCodes: 0, providerFlows: 0, invitations: 0 }

t.test('a purge removes the oldest rows of each kind first, in any order of storage', async t => {
  const database = openHandle(t, ':memory:')
  const storage = openStorage(t, { database })
  await storage.migrate()
  for (const age of ages) {
    const user = aUser()
    const expiresAt = now - age
    const revoked = aSession(user, { id: `revoked-${age}` })
    await storage.users.create(signUpOf(user, { session: aSession(user, { id: `expired-${age}`, expiresAt }) }))
    const token = aToken(user, { hash: `hash-${age}` as OneTimeTokenHash, expiresAt })
    const message = aMessage(user, { id: `message-${age}`, expiresAt })
    await storage.oneTimeTokens.issue({ token, messages: [message] })
    await storage.sessions.open({
      session: revoked,
      proofs: [{ kind: 'password', hash: user.passwordHash }],
      maximumPerUser: 100,
    })
    await storage.sessions.revoke({ sessionId: revoked.id, now: expiresAt })
  }
  const columns = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map(row => Object.values(Object(row))[0])

  const three = { sessions: 3, oneTimeTokens: 3, messages: 3, revocations: 3, events: 0, passkeyUses: 0, ...none }
  t.same(await storage.purge({ now, revokedBefore: now + 1, eventsBefore: 0, limit: 3 }), three)
  t.same(columns('select id from fast_auth_sessions order by id'), ['expired-0', 'expired-1'])
  t.same(columns('select hash from fast_auth_one_time_tokens order by hash'), ['hash-0', 'hash-1'])
  t.same(columns('select id from fast_auth_outbox order by id'), ['message-0', 'message-1'])
  t.same(columns('select id from fast_auth_revocations order by id'), ['revoked-0', 'revoked-1'])
})

t.test('a purge of no rows removes none', async t => {
  const storage = openStorage(t, { file: ':memory:' })
  await storage.migrate()
  const user = aUser()
  await storage.users.create(
    signUpOf(user, { session: aSession(user, { expiresAt: now }), messages: [aMessage(user, { expiresAt: now })] }),
  )
  const nothing = { sessions: 0, oneTimeTokens: 0, messages: 0, revocations: 0, events: 0, passkeyUses: 0, ...none }
  t.same(await storage.purge({ now, revokedBefore: now, eventsBefore: 0, limit: 0 }), nothing)
})
