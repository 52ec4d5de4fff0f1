import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import {
  actorOf,
  membershipOf,
  randomOrganization,
  type Scene,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

const byText = (one: string, other: string) => (one < other ? -1 : 1)

/** Ids that a comparison other than byte for byte puts into another order. They begin alike, so that each case has its own. */
function awkwardIds(): readonly string[] {
  const start = randomUUID().slice(0, 35)
  return ['0', '9', 'a', 'f'].map(end => `${start}${end}`)
}

interface PagedMethod {
  readonly method: string
  readonly ids: readonly string[]
  /** Returns the ids of a page. */
  list(afterId: string | undefined, limit: number): Promise<readonly string[]>
  /** Removes the record with this id. */
  remove(id: string): Promise<unknown>
}

async function organizationsOfUser(storage: Storage): Promise<PagedMethod> {
  const scene = await storeScene(storage)
  const { owner } = scene.people
  const ids = awkwardIds()
  for (const id of ids.toReversed()) await storeOrganizationOf(storage, owner, scene, { id })
  return {
    method: 'organizations.list',
    ids: [...ids, scene.organization.id].sort(byText),
    async list(afterId, limit) {
      const after = afterId === undefined ? {} : { afterId }
      const page = await storage.organizations.list({ userId: owner.user.id, limit, ...after })
      return page.map(({ organization }) => organization.id)
    },
    remove: organizationId => storage.organizations.delete({ organizationId, actor: actorOf(owner), now: scene.now }),
  }
}

async function membersOfOrganization(storage: Storage): Promise<PagedMethod> {
  const scene = await storeScene(storage, { one: 'admin', two: 'member', three: 'billing', four: 'owner' })
  const { organization, people, now } = scene
  return {
    method: 'memberships.list',
    ids: Object.values(people)
      .map(({ user }) => user.id)
      .sort(byText),
    async list(afterUserId, limit) {
      const after = afterUserId === undefined ? {} : { afterUserId }
      const page = await storage.memberships.list({ organizationId: organization.id, limit, ...after })
      return page.map(({ user }) => user.id)
    },
    remove: userId =>
      storage.memberships.end({
        organizationId: organization.id,
        userId,
        actor: actorOf({ user: { ...people.owner.user, id: userId } }),
        now,
      }),
  }
}

async function invitationsOfOrganization(storage: Storage): Promise<PagedMethod> {
  const scene = await storeScene(storage)
  const { organization, people, now } = scene
  const ids = awkwardIds()
  for (const id of ids.toReversed()) await storeInvitation(storage, scene, { id })
  return {
    method: 'invitations.list',
    ids,
    async list(afterId, limit) {
      const after = afterId === undefined ? {} : { afterId }
      const page = await storage.invitations.list({ organizationId: organization.id, now, limit, ...after })
      return page.map(({ id }) => id)
    },
    remove: invitationId =>
      storage.invitations.revoke({ organizationId: organization.id, invitationId, actor: actorOf(people.owner) }),
  }
}

function casesOf(method: string, prepare: (storage: Storage) => Promise<PagedMethod>): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: the order is that of the ids, byte for byte`,
      async run({ storage }) {
        const { ids, list } = await prepare(storage)
        expectEqual(await list(undefined, 100), ids, 'A list is ordered by id')
      },
    },
    {
      title: `${method}: a page has at most limit records, and starts after the id, whether or not it is stored`,
      async run({ storage }) {
        const { ids, list, remove } = await prepare(storage)
        const rule = 'The pages together are the list'
        expectEqual(await list(undefined, 2), ids.slice(0, 2), rule)
        expectEqual(await list(ids[1], 2), ids.slice(2, 4), rule)
        expectEqual(await list(ids[3], 100), ids.slice(4), rule)
        expectEqual(await list(ids.at(-1), 2), [], rule)
        await remove(String(ids[1]))
        expectEqual(await list(ids[1], 1), ids.slice(2, 3), 'A page starts after an id that is no longer stored')
        expectEqual(await list(undefined, 2), [ids[0], ids[2]], 'A removed record is in no page')
      },
    },
  ]
}

/** Cases for lists of organisations, members and invitations. */
export const organizationListCases: readonly ConformanceCase[] = [
  ...casesOf('organizations.list', organizationsOfUser),
  ...casesOf('memberships.list', membersOfOrganization),
  ...casesOf('invitations.list', invitationsOfOrganization),
  {
    title: 'organizations.list: each organisation of the user comes with their role there, and no other',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'lead' })
      const { organization, people, start } = scene
      const { member, owner } = people
      const own = await storeOrganizationOf(storage, member, scene)
      await storeOrganizationOf(storage, owner, scene)
      const asked = [
        { organization, membership: membershipOf(scene, member, 'lead', start) },
        { organization: own.organization, membership: membershipOf(own, member, 'owner', start) },
      ].sort((one, other) => byText(one.organization.id, other.organization.id))
      const listed = await storage.organizations.list({ userId: member.user.id, limit: 100 })
      expectEqual(listed, asked, 'A user sees the organisations of which they are a member')
      expectEqual(await storage.organizations.list({ userId: randomUUID(), limit: 100 }), [], 'Others see none')
    },
  },
  {
    title: 'memberships.list: each member comes with their account as it is now',
    async run({ storage }) {
      const scene: Scene = await storeScene(storage)
      const { user } = await storeMember(storage, scene, 'member')
      await storage.users.disable({ userId: user.id, now: scene.now })
      const members = await storage.memberships.list({ organizationId: scene.organization.id, limit: 100 })
      const found = members.find(({ membership }) => membership.userId === user.id)
      expectEqual(found?.user, await storage.users.find({ userId: user.id }), 'A member is listed with their account')
      expectEqual(found?.user.disabledAt, scene.now, 'A disabled user stays a member')
    },
  },
  {
    title: 'memberships.list: an organisation that does not exist has no members',
    async run({ storage }) {
      await storeScene(storage)
      const { id: organizationId } = randomOrganization(0)
      expectEqual(await storage.memberships.list({ organizationId, limit: 100 }), [], 'There is no member to list')
    },
  },
  {
    title: 'invitations.list: an invitation of any sender is listed until exactly its expiry',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin' })
      const { organization, people, now } = scene
      const { id: organizationId } = organization
      const expiresAt = now + 5_000
      const early = await storeInvitation(storage, scene, { expiresAt, email: randomEmail(), role: 'billing' })
      const late = await storeInvitation(storage, scene, { expiresAt: expiresAt + 1, invitedBy: people.admin.user.id })
      const list = (at: number) => storage.invitations.list({ organizationId, now: at, limit: 100 })
      const rule = 'Invitations that have expired are not listed'
      const both = [early, late].sort((one, other) => byText(one.id, other.id))
      expectEqual(await list(expiresAt - 1), both, rule)
      expectEqual(await list(expiresAt), [late], rule)
      expectEqual(await list(expiresAt + 1), [], rule)
    },
  },
]
