import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import type { ChangeMemberRole } from '../port.js'
import {
  actorOf,
  expectNothingWritten,
  membershipOf,
  type Person,
  type Scene,
  storeMember,
  storePerson,
  storeScene,
} from './organization-account.js'

/** Returns a request of the owner that gives this person another role. */
export function roleChangeOf(
  { organization, people, now }: Scene,
  { user }: Pick<Person, 'user'>,
  role: string,
  overrides: Partial<ChangeMemberRole> = {},
): ChangeMemberRole {
  const actor = actorOf(people.owner, { atLeast: 'owner' })
  return { organizationId: organization.id, userId: user.id, role, actor, now, ...overrides }
}

async function expectRefused(
  storage: Storage,
  scene: Scene,
  request: ChangeMemberRole,
  outcome: string,
  rule: string,
): Promise<void> {
  const answer = await expectNothingWritten(storage, scene, () => storage.memberships.changeRole(request), rule)
  expectEqual(answer, { outcome }, rule)
}

/** Cases for changing the role of a member. */
export const changeRoleCases: readonly ConformanceCase[] = [
  {
    title: 'memberships.changeRole: the member has the new role, and the answer has the former one and the account',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'billing', other: 'member' })
      const { organization, people, start } = scene
      const { member, other, owner } = people
      const answer = await storage.memberships.changeRole(roleChangeOf(scene, member, 'admin'))
      const rule = 'Exactly one membership has another role'
      const membership = membershipOf(scene, member, 'admin', start)
      const user = await storage.users.find({ userId: member.user.id })
      const { member: changed, previousRole } = expectOutcome(answer, 'changed', rule)
      expectEqual([changed, previousRole], [{ membership, user }, 'billing'], rule)
      const members = await storage.memberships.list({ organizationId: organization.id, limit: 100 })
      const roles = Object.fromEntries(members.map(one => [one.user.id, one.membership]))
      const kept = { [owner.user.id]: membershipOf(scene, owner, 'owner', start) }
      const asked = { ...kept, [other.user.id]: membershipOf(scene, other, 'member', start) }
      expectEqual(roles, { ...asked, [member.user.id]: membership }, rule)
    },
  },
  {
    title: 'memberships.changeRole: the role that the member has already is changed, too',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { member } = scene.people
      const answer = await storage.memberships.changeRole(roleChangeOf(scene, member, 'member'))
      const rule = 'A change to the same role is a change'
      const { session } = member
      const endedGenerations = [{ sessionId: session.id, generation: session.generation }]
      const { previousRole, ...changed } = expectOutcome(answer, 'changed', rule)
      expectEqual([previousRole, changed.endedGenerations], ['member', endedGenerations], rule)
    },
  },
  {
    title: 'memberships.changeRole: a user who is not a member is unknownMember, also a member of another organisation',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, { member: 'member' })
      const stranger = await storePerson(storage, scene.start)
      const nowhere = { user: { ...stranger.user, id: randomUUID() } }
      for (const person of [stranger, elsewhere.people.member, nowhere]) {
        const rule = 'Only a member has a role to change'
        await expectRefused(storage, scene, roleChangeOf(scene, person, 'admin'), 'unknownMember', rule)
      }
    },
  },
  {
    title: 'memberships.changeRole: the last owner is lastOwner with any other role, and stays owner',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin', member: 'member' })
      const { owner } = scene.people
      for (const role of ['admin', 'member', 'lead', 'billing', 'ghost', 'Owner']) {
        const rule = `An organisation keeps an owner, also if the role is ${role}`
        await expectRefused(storage, scene, roleChangeOf(scene, owner, role), 'lastOwner', rule)
      }
      const { outcome } = await storage.memberships.changeRole(roleChangeOf(scene, owner, 'owner'))
      expectEqual(outcome, 'changed', 'The last owner can be made owner again')
    },
  },
  {
    title: 'memberships.changeRole: one of two owners can be demoted, by themselves or by the other',
    async run({ storage }) {
      const rule = 'An owner can be demoted while the organisation has another one'
      for (const name of ['owner', 'coOwner'] as const) {
        const scene = await storeScene(storage, { coOwner: 'owner' })
        const { people } = scene
        const answer = await storage.memberships.changeRole(roleChangeOf(scene, people[name], 'member'))
        expectEqual(answer.outcome, 'changed', rule)
        const other = people[name === 'owner' ? 'coOwner' : 'owner']
        const actor = actorOf(other, { atLeast: 'owner' })
        await expectRefused(storage, scene, roleChangeOf(scene, other, 'member', { actor }), 'lastOwner', rule)
      }
    },
  },
  {
    title: 'memberships.changeRole: an owner of another organisation does not count as an owner of this one',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const elsewhere = await storeScene(storage, {}, scene.start)
      await storeMember(storage, elsewhere, 'owner')
      const rule = 'Only the owners of the organisation itself count'
      await expectRefused(storage, scene, roleChangeOf(scene, scene.people.owner, 'member'), 'lastOwner', rule)
    },
  },
  {
    title: 'memberships.changeRole: forbidden comes before unknownMember and lastOwner',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin' })
      const { admin, owner } = scene.people
      const stranger = await storePerson(storage, scene.start)
      const actor = actorOf(admin, { atLeast: 'owner' })
      const rule = 'An actor whose role does not suffice learns nothing about the members'
      for (const person of [owner, stranger])
        await expectRefused(storage, scene, roleChangeOf(scene, person, 'member', { actor }), 'forbidden', rule)
    },
  },
]
