import t, { type Test } from 'tap'
import type { Storage } from '../../../lib/composition/storage.js'
import { dayMilliseconds, hourMilliseconds } from '../../../lib/conformance/random-records.js'
import { storeSession, storeUser } from '../../../lib/conformance/stored-records.js'
import { type IoredisClient, redisStorage } from '../../../lib/engines/redis.js'
import { soon } from '../../support/soon.js'
import { connectIoredis, keySpace, storageOf, withoutRedis } from './fixtures/redis-connections.js'
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

t.test('a deleted organisation leaves no key', { skip }, async t => {
  const { storage, keys } = await storageOf(t)
  const stored = await storeOrganization(storage)
  const { organization, owner, now } = stored
  await storeMembers(storage, stored, 2)
  await storeInvitation(storage, stored)
  t.same(kindsOf(await keys()), [
    'invitation',
    'invitation-address',
    'invitation-expiries-to',
    'invitation-hash',
    'invitation-id',
    'invitations-by',
    'invitations-by-expiry',
    'invitations-to',
    'members-of',
    'membership',
    'organization',
    'organizations-of',
    'organizations-owned-by',
    'owners-of',
  ])
  await storage.organizations.delete({ organizationId: organization.id, actor: actorOf(owner.id), now })
  t.same(kindsOf(await keys()), [])
})

t.test('an invitation that Redis has forgotten is replaced, removed or purged as any other', { skip }, async t => {
  const { storage, keyPrefix, keys, client } = await storageOf(t)
  const stored = await storeOrganization(storage)
  const { organization, owner, now } = stored
  const before = kindsOf(await keys())
  /** Removes what has a lifetime. */
  async function forget() {
    const records = (await keys()).filter(key => key.startsWith(`{${keyPrefix}}:invitation:`))
    t.equal(records.length, 1)
    for (const key of records) {
      t.equal(Math.ceil((await client.pttl(key)) / 60_000) * 60_000, 2 * dayMilliseconds)
      await client.del(key)
    }
  }
  const { email, hash } = await storeInvitation(storage, stored)
  await forget()
  t.equal(await storage.invitations.find({ hash, ownRoles: {}, now }), null)
  const next = await storeInvitation(storage, stored, { email })
  const page = { organizationId: organization.id, now, limit: 10 }
  t.same(await storage.invitations.list(page), [next])
  await forget()
  const purge = { now: next.expiresAt, revokedBefore: 0, eventsBefore: 0, limit: 10 }
  t.equal((await storage.purge(purge)).invitations, 1)
  t.same(kindsOf(await keys()), before)
  await storeInvitation(storage, stored)
  await forget()
  await storage.organizations.delete({ organizationId: organization.id, actor: actorOf(owner.id), now })
  t.same(kindsOf(await keys()), [])
})

t.test('a key of an organisation is not found between the two reads of an ending membership', { skip }, async t => {
  const { storage, keys, client } = await storageOf(t)
  const stored = await storeOrganization(storage)
  const { organization, owner, now } = stored
  const { hash } = await storeKeyOf(storage, stored, owner)
  t.hasStrict(await storage.apiKeys.findByHash({ hash, now }), { role: 'owner' })
  const memberships = (await keys()).filter(key => key.includes(`:membership:${organization.id}`))
  t.equal(await client.del(memberships), 1)
  t.equal(await storage.apiKeys.findByHash({ hash, now }), null)
})

t.test('expired invitations do not cut a page short, and a page ends before those of the next', { skip }, async t => {
  const { storage } = await storageOf(t)
  const stored = await storeOrganization(storage)
  const { organization, now } = stored
  const all = []
  for (let place = 0; place < 12; place++) {
    const expiresAt = place % 3 === 0 ? now + dayMilliseconds : now + 1
    all.push(await storeInvitation(storage, stored, { expiresAt }))
  }
  const live = all.filter(({ expiresAt }) => expiresAt > now + 1).sort((one, other) => (one.id < other.id ? -1 : 1))
  const page = { organizationId: organization.id, now: now + 1 }
  const first = await storage.invitations.list({ ...page, limit: 3 })
  t.same(first, live.slice(0, 3))
  t.same(await storage.invitations.list({ ...page, limit: 3, afterId: String(first.at(-1)?.id) }), live.slice(3))
})

/** A storage, and what it exchanges with Redis: the number of commands, and the length of arguments and replies. */
async function measuredStorage(t: Test) {
  const { keyPrefix } = await keySpace(t)
  const { client, close } = await connectIoredis()
  t.teardown(close)
  const exchanged = { commands: 0, characters: 0 }
  const measured: IoredisClient = {
    async call(command, words) {
      const reply = await client.call(command, words)
      exchanged.commands += 1
      exchanged.characters += JSON.stringify([words, reply]).length
      return reply
    },
    duplicate: () => client.duplicate(),
  }
  const storage = redisStorage({ client: measured, keyPrefix })
  async function costOf(work: () => Promise<unknown>) {
    Object.assign(exchanged, { commands: 0, characters: 0 })
    await work()
    return { ...exchanged }
  }
  return { storage, costOf }
}

/** The methods that every request or every change of a member may call. */
async function callsOf(storage: Storage, stored: StoredOrganization) {
  const { organization, owner, session, now } = stored
  const organizationId = organization.id
  const { users } = await storeMembers(storage, stored, 2)
  const [member, leaving] = users.map(({ id }) => id)
  const guest = await storeUser(storage, { createdAt: now })
  const guestSession = await storeSession(storage, guest)
  const { hash, ...invitation } = await storeInvitation(storage, stored, { email: guest.email })
  const actor = actorOf(owner.id)
  const asked = { organizationId, actor, now }
  return {
    find: () => storage.organizations.find({ organizationId, userId: owner.id }),
    list: () => storage.organizations.list({ userId: owner.id, limit: 10 }),
    switch: () => storage.memberships.switch(switchTo(organizationId, session, now)),
    members: () => storage.memberships.list({ organizationId, limit: 1 }),
    changeRole: () => storage.memberships.changeRole({ ...asked, userId: String(member), role: 'admin' }),
    end: () => storage.memberships.end({ ...asked, userId: String(leaving) }),
    issue: () =>
      storage.invitations.issue({ invitation: { hash, ...invitation }, maximumMembers: 9_999, actor, messages: [] }),
    accept: () =>
      storage.invitations.accept({
        hash,
        ownRoles: {},
        now,
        userId: guest.id,
        asking: { sessionId: guestSession.id, now },
        idleExpiresAt: now + hourMilliseconds,
        maximumMembers: 9_999,
      }),
  }
}

t.test('a page of invitations takes one round trip for a hundred of them, expired ones included', { skip }, async t => {
  const { storage, costOf } = await measuredStorage(t)
  const stored = await storeOrganization(storage)
  const { organization, now } = stored
  const page = { organizationId: organization.id, now: now + 1, limit: 5 }
  const costOfPage = async () => (await costOf(() => storage.invitations.list(page))).commands
  async function storeExpired(count: number): Promise<void> {
    for (let place = 0; place < count; place++) await storeInvitation(storage, stored, { expiresAt: now + 1 })
  }
  await storeExpired(20)
  const live = await storeInvitation(storage, stored)
  await storage.invitations.list(page)
  t.equal(await costOfPage(), 1)
  await storeExpired(100)
  t.same(await storage.invitations.list(page), [live])
  t.equal(await costOfPage(), 3, 'and one more that checks that both are of one state')
})

t.test('what a method exchanges with Redis does not depend on the number of members', { skip }, async t => {
  const { storage, costOf } = await measuredStorage(t)
  const costs = []
  for (const members of [1, 300]) {
    const stored = await storeOrganization(storage)
    await storeMembers(storage, stored, members)
    const calls = Object.entries(await callsOf(storage, stored))
    const measured: Record<string, { commands: number; characters: number }> = {}
    for (const [name, call] of calls) measured[name] = await costOf(call)
    costs.push(measured)
  }
  const [few = {}, many = {}] = costs
  for (const [name, { commands, characters }] of Object.entries(many)) {
    t.equal(commands, few[name]?.commands, `${name}: commands`)
    t.ok(Math.abs(characters - Number(few[name]?.characters)) < 100, `${name}: characters`)
  }
})

t.test('a changed role is announced to other processes, a refresh and a switch are not', { skip }, async t => {
  const { storage } = await storageOf(t)
  const stored = await storeOrganization(storage)
  const { organization, owner, now } = stored
  const { users, sessions } = await storeMembers(storage, stored, 1)
  const heard: string[] = []
  const onLoss = ({ message }: Error) => heard.push(message)
  const listener = await storage.revocations.listen?.({ onRevocation: () => heard.push('revoked'), onLoss })
  t.teardown(() => listener?.close())
  const [user, session] = [users[0], sessions[0]]
  const times = { now, idleExpiresAt: now + hourMilliseconds, graceMilliseconds: 0 }
  const client = { ip: null, userAgent: null, recordSuperseded: true, requireConfirmedEmail: false }
  await storage.sessions.rotate({ sessionId: String(session?.id), generation: 0, ...times, ...client })
  await storage.memberships.switch(switchTo(organization.id, stored.session, now))
  await listener?.ping()
  t.same(heard, [])
  const actor = actorOf(owner.id)
  const change = { organizationId: organization.id, userId: String(user?.id), role: 'admin', actor, now }
  await storage.memberships.changeRole(change)
  await soon(() => heard.length > 0)
  t.same(heard, ['revoked'])
})
