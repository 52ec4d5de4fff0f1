import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import type { EndMembership } from '../port.js'
import {
  actorOf,
  expectNothingWritten,
  membershipOf,
  ownRoles,
  type Person,
  rolesIn,
  type Scene,
  storeInvitation,
  storePerson,
  storeScene,
} from './organization-account.js'

/** Returns a request of the owner that removes this person. */
export function endingOf(
  { organization, people, now }: Scene,
  { user }: Pick<Person, 'user'>,
  overrides: Partial<EndMembership> = {},
): EndMembership {
  return { organizationId: organization.id, userId: user.id, actor: actorOf(people.owner), now, ...overrides }
}

async function expectRefused(
  storage: Storage,
  scene: Scene,
  request: EndMembership,
  outcome: string,
  rule: string,
): Promise<void> {
  const answer = await expectNothingWritten(storage, scene, () => storage.memberships.end(request), rule)
  expectEqual(answer, { outcome }, rule)
}

/** Who may remove whom: an actor with a role, and a member with another. */
const removals = [
  ['owner', 'owner', true],
  ['admin', 'member', true],
  ['admin', 'billing', true],
  ['admin', 'ghost', true],
  ['lead', 'member', true],
  ['admin', 'owner', false],
  ['admin', 'admin', false],
  ['admin', 'lead', false],
  ['lead', 'admin', false],
  ['member', 'member', false],
  ['billing', 'ghost', false],
] as const

/** Cases for ending a membership. */
export const endMembershipCases: readonly ConformanceCase[] = [
  {
    title: 'memberships.end: the member is removed, the answer has the membership, and the others stay',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'billing', other: 'member' })
      const { organization, people, start } = scene
      const { member, other, owner } = people
      const answer = await storage.memberships.end(endingOf(scene, member))
      const rule = 'Exactly one membership ends'
      expectEqual(expectOutcome(answer, 'ended', rule).membership, membershipOf(scene, member, 'billing', start), rule)
      expectEqual(await rolesIn(storage, scene), { [owner.user.id]: 'owner', [other.user.id]: 'member' }, rule)
      const key = { organizationId: organization.id, userId: member.user.id }
      expectEqual(await storage.organizations.find(key), null, rule)
      expectEqual((await storage.users.find({ userId: member.user.id }))?.id, member.user.id, 'The account stays')
    },
  },
  {
    title: 'memberships.end: every member may leave, whatever the request needs',
    async run({ storage }) {
      const scene = await storeScene(storage, { one: 'admin', two: 'member', three: 'ghost', four: 'owner' })
      const { one, two, three, four } = scene.people
      for (const person of [one, two, three, four]) {
        const request = endingOf(scene, person, { actor: actorOf(person, { atLeast: 'owner' }) })
        expectEqual((await storage.memberships.end(request)).outcome, 'ended', 'A member may leave with any role')
      }
    },
  },
  {
    title: 'memberships.end: an owner removes every member, and an administrator only members with a lesser role',
    async run({ storage }) {
      for (const [acting, role, isAllowed] of removals.filter(([, , allowed]) => allowed)) {
        const scene = await storeScene(storage, { actor: acting, member: role })
        const { actor, member } = scene.people
        const rule = `An actor with the role ${acting} removes a member with the role ${role}: ${isAllowed}`
        const answer = await storage.memberships.end(endingOf(scene, member, { actor: actorOf(actor) }))
        expectEqual(answer.outcome, 'ended', rule)
      }
      for (const [acting, role, isAllowed] of removals.filter(([, , allowed]) => !allowed)) {
        const scene = await storeScene(storage, { actor: acting, member: role })
        const { actor, member } = scene.people
        const rule = `An actor with the role ${acting} removes a member with the role ${role}: ${isAllowed}`
        const request = endingOf(scene, member, { actor: actorOf(actor, { atLeast: 'admin' }) })
        await expectRefused(storage, scene, request, 'forbidden', rule)
      }
    },
  },
  {
    title: 'memberships.end: a user who is not a member is unknownMember, also a member of another organisation',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, { member: 'member' })
      const stranger = await storePerson(storage, scene.start)
      const nowhere = { user: { ...stranger.user, id: randomUUID() } }
      for (const person of [stranger, elsewhere.people.member, nowhere])
        await expectRefused(storage, scene, endingOf(scene, person), 'unknownMember', 'Only a member can be removed')
      expectEqual(Object.keys(await rolesIn(storage, elsewhere)).length, 2, 'Other organisations keep their members')
    },
  },
  {
    title: 'memberships.end: the last owner is lastOwner, also beside other members, and stays',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin', member: 'member' })
      await storeScene(storage, { coOwner: 'owner' }, scene.start)
      await expectRefused(
        storage,
        scene,
        endingOf(scene, scene.people.owner),
        'lastOwner',
        'An organisation keeps an owner',
      )
    },
  },
  {
    title: 'memberships.end: one of two owners can leave, and then the other is the last',
    async run({ storage }) {
      const scene = await storeScene(storage, { coOwner: 'owner' })
      const { owner, coOwner } = scene.people
      const rule = 'An owner can leave while the organisation has another one'
      expectEqual((await storage.memberships.end(endingOf(scene, owner))).outcome, 'ended', rule)
      const request = endingOf(scene, coOwner, { actor: actorOf(coOwner) })
      await expectRefused(storage, scene, request, 'lastOwner', rule)
    },
  },
  {
    title: 'memberships.end: the invitations that the member has sent are removed, and those of others stay',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin' })
      const elsewhere = await storeScene(storage, {}, scene.start)
      const { organization, people, start: now } = scene
      const sent = await storeInvitation(storage, scene, { invitedBy: people.admin.user.id })
      const kept = await storeInvitation(storage, scene)
      const other = await storeInvitation(storage, elsewhere)
      expectOutcome(await storage.memberships.end(endingOf(scene, people.admin)), 'ended', 'An owner removes a member')
      const rule = 'An invitation ends with the membership of the user who sent it'
      const { invitations } = storage
      expectEqual(await invitations.list({ organizationId: organization.id, now, limit: 100 }), [kept], rule)
      expectEqual(await invitations.find({ hash: sent.hash, ownRoles, now }), null, rule)
      const elsewhereId = elsewhere.organization.id
      expectEqual(await invitations.list({ organizationId: elsewhereId, now, limit: 100 }), [other], rule)
    },
  },
]
