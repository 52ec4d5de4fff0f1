import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { randomWord } from '../../../conformance/random-records.js'
import { storeSession } from '../../../conformance/stored-records.js'
import {
  actorOf,
  ownRoles,
  rolesIn,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

const emoji = '\u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'

/** Names that a database may change, each with what is special about it. */
const names: Readonly<Record<string, string>> = {
  'trailing and leading blanks': '  ACME  ',
  'four-byte characters': `ACME ${emoji}`,
  'a composed and a decomposed accent': 'andr\u00e9 andre\u0301',
  'quotes, wildcards and markup': `'; DROP TABLE x; -- "\\ % _ $1 {} <b>&amp;</b> \t\n\u2028\ufeff`,
  'the look of a number': '007',
  'the look of null': 'null',
  'no character': '',
  '200 characters': 'ä'.repeat(200),
}

async function storedName(storage: Storage, organizationId: string, userId: string) {
  return (await storage.organizations.find({ organizationId, userId }))?.organization.name
}

const nameCases = Object.entries(names).map(([content, name]): ConformanceCase => {
  return {
    title: `exactness: a name of an organisation with ${content} comes back equal`,
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const { organization } = await storeOrganizationOf(storage, owner, scene, { name })
      const rule = `A name with ${content} is stored as it is`
      expectEqual(await storedName(storage, organization.id, owner.user.id), name, rule)
      const request = { organizationId: scene.organization.id, name, actor: actorOf(owner) }
      expectOutcome(await storage.organizations.rename(request), 'renamed', rule)
      expectEqual(await storedName(storage, scene.organization.id, owner.user.id), name, rule)
      const { hash } = await storeInvitation(storage, scene)
      const found = await storage.invitations.find({ hash, ownRoles, now: scene.now })
      expectEqual(found?.organization.name, name, rule)
    },
  }
})

/** Cases for organisations that must come back exactly, and for comparisons byte for byte. */
export const organizationExactnessCases: readonly ConformanceCase[] = [
  ...nameCases,
  {
    title: 'exactness: two organisations may have the same name',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const { name } = scene.organization
      const { organization } = await storeOrganizationOf(storage, owner, scene, { name })
      expectEqual(await storedName(storage, organization.id, owner.user.id), name, 'A name belongs to no organisation')
    },
  },
  {
    title: 'exactness: roles are stored and compared byte for byte',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const asked: Record<string, string> = { [owner.user.id]: 'owner' }
      for (const role of ['OWNER', 'owner ', 'övner', `role ${emoji}`, 'r'.repeat(40)]) {
        const { user } = await storeMember(storage, scene, role)
        asked[user.id] = role
      }
      expectEqual(await rolesIn(storage, scene), asked, 'A role comes back as written')
      const { organization, now } = scene
      const request = { organizationId: organization.id, userId: owner.user.id, actor: actorOf(owner), now }
      const { outcome } = await storage.memberships.end(request)
      expectEqual(outcome, 'lastOwner', 'Only the role owner, byte for byte, is that of an owner')
    },
  },
  {
    title: 'exactness: the organisation and the role of a session come back equal',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { user } = scene.people.owner
      const rule = 'A session is stored with the organisation in which it acts'
      for (const role of ['owner', 'OWNER', `a ${emoji} `, '007', randomWord()]) {
        const session = await storeSession(storage, user, { organization: { id: randomUUID(), role } })
        expectEqual(await storage.sessions.find({ sessionId: session.id, now: scene.now }), session, rule)
        const { items } = await storage.sessions.list({ userId: user.id, now: scene.now, limit: 100, offset: 0 })
        expectEqual(
          items.find(({ id }) => id === session.id),
          session,
          rule,
        )
      }
    },
  },
  {
    title: 'exactness: instants of organisations, memberships and invitations are exact, also 0',
    async run({ storage }) {
      const rule = 'An instant comes back to the millisecond'
      for (const start of [0, 253_402_200_000_123]) {
        const scene = await storeScene(storage, {}, start)
        const { organization, people, now } = scene
        const invitation = await storeInvitation(storage, scene, { expiresAt: now + 1 })
        const found = await storage.organizations.find({
          organizationId: organization.id,
          userId: people.owner.user.id,
        })
        expectEqual([found?.organization, found?.membership.joinedAt], [organization, start], rule)
        const list = await storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
        expectEqual(list, [invitation], rule)
      }
    },
  },
]
