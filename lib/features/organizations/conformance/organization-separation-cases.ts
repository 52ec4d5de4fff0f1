import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  actorOf,
  issueOf,
  type Person,
  randomInvitation,
  rolesIn,
  type Scene,
  sceneState,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

/** Two organisations with the same two members, each with an invitation to the same address. */
async function storeTwins(storage: Storage) {
  const one = await storeScene(storage, { member: 'member' })
  const { owner, member } = one.people
  const bare = await storeOrganizationOf(storage, owner, one)
  const other: Scene<'member' | 'guest'> = {
    ...bare,
    people: { owner, member, guest: await storeMember(storage, bare, 'admin') },
  }
  const invitation = await storeInvitation(storage, other, { email: member.user.email })
  const accepting = { sessionId: member.session.id, now: one.now }
  const request = { hash: invitation.hash, ownRoles: {}, now: one.now, userId: member.user.id, asking: accepting }
  await storage.invitations.accept({ ...request, idleExpiresAt: one.now + 1_000, maximumMembers: 100 })
  const waiting = await storeInvitation(storage, one)
  const twin = await storeInvitation(storage, other, { email: waiting.email })
  return { one, other, waiting, twin }
}

type Change = (storage: Storage, scene: Scene<'member'>, member: Person) => Promise<{ readonly outcome: string }>

const changes: Readonly<Record<string, Change>> = {
  'organizations.rename': ({ organizations }, { organization, people }) =>
    organizations.rename({ organizationId: organization.id, name: 'Another name', actor: actorOf(people.owner) }),
  'organizations.delete': ({ organizations }, { organization, people, now }) =>
    organizations.delete({ organizationId: organization.id, actor: actorOf(people.owner), now }),
  'memberships.changeRole': ({ memberships }, scene, member) =>
    memberships.changeRole(roleChangeOf(scene, member, 'lead')),
  'memberships.end': ({ memberships }, scene, member) => memberships.end(endingOf(scene, member)),
  'invitations.issue': async ({ invitations }, scene) => {
    const [first] = await invitations.list({ organizationId: scene.organization.id, now: scene.now, limit: 1 })
    return invitations.issue(issueOf(scene, { invitation: randomInvitation(scene, { email: String(first?.email) }) }))
  },
}

const separationCases = Object.entries(changes).map(([method, change]): ConformanceCase => {
  return {
    title: `${method}: another organisation of the same members stays as it is`,
    async run({ storage }) {
      const { one, other } = await storeTwins(storage)
      const { owner, member, guest } = other.people
      const look = async () => {
        const { organizations, ...state } = await sceneState(storage, other, [owner, member, guest])
        const own = organizations.flat().filter(({ organization }) => organization.id === other.organization.id)
        return { ...state, own }
      }
      const before = await look()
      await change(storage, one, member)
      expectEqual(await look(), before, 'Two organisations never see each other’s records')
    },
  }
})

/** Cases for two organisations that have members and addresses in common. */
export const organizationSeparationCases: readonly ConformanceCase[] = [
  ...separationCases,
  {
    title: 'memberships.list: the members of one organisation are not those of another',
    async run({ storage }) {
      const { one, other } = await storeTwins(storage)
      const { owner, member, guest } = other.people
      const rule = 'A user has a role of their own in each organisation'
      expectEqual(await rolesIn(storage, one), { [owner.user.id]: 'owner', [member.user.id]: 'member' }, rule)
      const roles = { [owner.user.id]: 'owner', [member.user.id]: 'member', [guest.user.id]: 'admin' }
      expectEqual(await rolesIn(storage, other), roles, rule)
      await storage.memberships.changeRole(roleChangeOf(one, member, 'lead'))
      expectEqual(await rolesIn(storage, other), roles, rule)
    },
  },
  {
    title: 'invitations.list: the invitations of one organisation are not those of another',
    async run({ storage }) {
      const { one, other, waiting, twin } = await storeTwins(storage)
      const list = ({ organization, now }: Scene) =>
        storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
      const rule = 'An organisation lists its own invitations'
      expectEqual([await list(one), await list(other)], [[waiting], [twin]], rule)
    },
  },
]
