import t from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { type IoredisClient, redisStorage } from '../../../lib/engines/redis.js'
import { storageOf, withoutRedis } from './fixtures/redis-connections.js'
import {
  actorOf,
  kindsOf,
  type StoredOrganization,
  storeInvitation,
  storeKeyOf,
  storeMembers,
  storeOrganization,
  switchTo,
} from './fixtures/redis-organization.js'

t.setTimeout(300_000)

const skip = await withoutRedis()

t.test(
  'an organisation with more than 500 members and invitations is deleted in parts, and the answer names what all have ended',
  { skip },
  async t => {
    const { storage, keys } = await storageOf(t)
    const stored = await storeOrganization(storage)
    const { organization, owner, session, now } = stored
    const { users, sessions } = await storeMembers(storage, stored, 510)
    for (let place = 0; place < 505; place++) await storeInvitation(storage, stored)
    const apiKeys = [await storeKeyOf(storage, stored, owner)]
    for (const user of users.slice(450)) apiKeys.push(await storeKeyOf(storage, stored, user))
    await storage.memberships.switch(switchTo(organization.id, session, now))
    const actor = { ...actorOf(owner.id), asking: { sessionId: session.id, now } }
    const deletion = await storage.organizations.delete({ organizationId: organization.id, actor, now })
    if (deletion.outcome !== 'deleted') throw new Error(deletion.outcome)
    const ended = [...sessions.map(({ id }) => `${id} 0`), `${session.id} 1`]
    t.same(deletion.organization, organization)
    t.same(
      deletion.endedGenerations.map(({ sessionId, generation }) => `${sessionId} ${generation}`).sort(),
      ended.sort(),
    )
    t.same(deletion.apiKeyIds?.toSorted(), apiKeys.map(({ id }) => id).sort())
    t.same(kindsOf(await keys()), [])
    for (const { id: sessionId } of sessions.slice(0, 20))
      t.equal((await storage.sessions.find({ sessionId, now }))?.organization, null)
    const lines = await storage.revocations.list({ since: now, limit: 10_000 })
    // The former generation of the owner's session has a line of its own.
    t.equal(lines.length, ended.length + 1 + apiKeys.length)
  },
)

/** What can happen to the actor between two parts of a deletion. */
const interruptions: Readonly<
  Record<string, (storage: Storage, stored: StoredOrganization, coOwnerId: string) => Promise<unknown>>
> = {
  demoted: ({ memberships }, { organization, owner, now }, coOwnerId) =>
    memberships.changeRole({
      organizationId: organization.id,
      userId: owner.id,
      role: 'member',
      actor: actorOf(coOwnerId),
      now,
    }),
  'signed out': ({ sessions }, { owner, session, now }) =>
    sessions.revoke({ userId: owner.id, sessionId: session.id, now }),
}

for (const [event, interrupt] of Object.entries(interruptions))
  t.test(
    `a deletion in parts ends, and names what all have ended, if its actor is ${event} meanwhile`,
    { skip },
    async t => {
      const { storage, keys, keyPrefix, client } = await storageOf(t)
      const stored = await storeOrganization(storage)
      const { organization, owner, session, now } = stored
      const { users, sessions } = await storeMembers(storage, stored, 510)
      // The members are removed in the order of their ids.
      const coOwnerId = String(
        users
          .map(({ id }) => id)
          .sort()
          .at(-1),
      )
      const promotion = {
        organizationId: organization.id,
        userId: coOwnerId,
        role: 'owner',
        actor: actorOf(owner.id),
        now,
      }
      await storage.memberships.changeRole(promotion)
      let outcome: unknown = null
      const interrupted: IoredisClient = {
        async call(command, words) {
          const reply = await client.call(command, words)
          const isCommit = reply === 1
          if (isCommit && outcome === null) outcome = await interrupt(storage, stored, coOwnerId)
          return reply
        },
        duplicate: () => client.duplicate(),
      }
      const actor = { ...actorOf(owner.id), asking: { sessionId: session.id, now } }
      const { organizations } = redisStorage({ client: interrupted, keyPrefix })
      const deletion = await organizations.delete({ organizationId: organization.id, actor, now })
      t.match(outcome, { outcome: event === 'demoted' ? 'changed' : 'revoked' })
      if (deletion.outcome !== 'deleted') throw new Error(deletion.outcome)
      t.same(deletion.organization, organization)
      const endedIds = deletion.endedGenerations.map(({ sessionId }) => sessionId)
      t.same(endedIds.sort(), sessions.map(({ id }) => id).sort())
      t.same(kindsOf(await keys()), [])
    },
  )
