import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { generationLine, inFeedOrder, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeSession } from '../../../conformance/stored-records.js'
import type { CurrentOrganization, SessionRecord } from '../../../storage/records.js'
import type { EndedAccess } from '../port.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  type Person,
  type Scene,
  storeMember,
  storeOrganizationOf,
  storePerson,
  storeScene,
} from './organization-account.js'
import { bySession } from './rename-and-delete-organization-cases.js'
import { rotationWith, switchOf } from './switch-organization-cases.js'

interface MembershipChange {
  readonly method: string
  readonly succeeded: string
  /** The role of the member afterwards; `null` if the membership ends. */
  readonly role: string | null
  change(
    storage: Storage,
    scene: Scene,
    member: Pick<Person, 'user'>,
  ): Promise<{ readonly outcome: string } & Partial<EndedAccess>>
}

const membershipChanges: readonly MembershipChange[] = [
  {
    method: 'memberships.changeRole',
    succeeded: 'changed',
    role: 'lead',
    change: ({ memberships }, scene, member) => memberships.changeRole(roleChangeOf(scene, member, 'lead')),
  },
  {
    method: 'memberships.end',
    succeeded: 'ended',
    role: null,
    change: ({ memberships }, scene, member) => memberships.end(endingOf(scene, member)),
  },
]

const findSession = ({ sessions }: Storage, { id: sessionId }: SessionRecord, now: number) =>
  sessions.find({ sessionId, now })

function casesOf({ method, succeeded, role, change }: MembershipChange): readonly ConformanceCase[] {
  const actingIn = (scene: Scene): CurrentOrganization | null =>
    role === null ? null : { id: scene.organization.id, role }

  return [
    {
      title: `${method}: the sessions of the member that act in the organisation change, and no others`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member', other: 'member' })
        const { member, other, owner } = scene.people
        const { now } = scene
        const elsewhere = await storeOrganizationOf(storage, member, scene)
        const second = await storeSession(storage, member.user, {
          organization: { id: scene.organization.id, role: 'member' },
        })
        const nowhere = await storeSession(storage, member.user)
        const away = await storeSession(storage, member.user, {
          organization: { id: elsewhere.organization.id, role: 'owner' },
        })
        const { endedGenerations, outcome } = await change(storage, scene, member)
        const rule = 'The role changes in exactly the sessions of the member that act in the organisation'
        expectEqual(outcome, succeeded, rule)
        const changed = [member.session, second]
        const ended = changed.map(({ id: sessionId, generation }) => ({ sessionId, generation }))
        expectEqual(bySession(endedGenerations as typeof ended), bySession(ended), rule)
        for (const session of changed) {
          const asked = { ...session, organization: actingIn(scene) }
          expectEqual(await findSession(storage, session, now), asked, rule)
        }
        const kept = [nowhere, away, other.session, owner.session]
        for (const session of kept) expectEqual(await findSession(storage, session, now), session, rule)
        const ids = [...changed, ...kept].map(({ id }) => id)
        const lines = inFeedOrder(changed.map(session => generationLine(session, 0, now)))
        expectEqual(await revocationsOf(storage, ids, scene.start), lines, rule)
      },
    },
    {
      title: `${method}: the feed has the present generation of a session that was rotated before`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member' })
        const { member } = scene.people
        const { now } = scene
        const { session } = member
        for (const generation of [0, 1, 2]) await storage.sessions.rotate(rotationWith(session, generation, now))
        const { endedGenerations } = await change(storage, scene, member)
        const rule = 'Access tokens of the present generation end, so that the next refresh has the new role'
        expectEqual(endedGenerations, [{ sessionId: session.id, generation: 3 }], rule)
        const found = await findSession(storage, session, now)
        expectEqual([found?.generation, found?.organization], [3, actingIn(scene)], rule)
        const lines = await revocationsOf(storage, [session.id], scene.start)
        expectEqual(lines, [generationLine(session, 3, now)], rule)
      },
    },
    {
      title: `${method}: a rotation after the change keeps the new role`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member' })
        const { member } = scene.people
        const { now } = scene
        await change(storage, scene, member)
        const rule = 'The next refresh has the role that the member has now'
        const rotated = await storage.sessions.rotate(rotationWith(member.session, 0, now + 1))
        const { session } = expectOutcome(rotated, 'rotated', rule)
        expectEqual([session.generation, session.organization], [1, actingIn(scene)], rule)
        const repeated = await storage.sessions.rotate(rotationWith(member.session, 0, now + 2))
        expectEqual(expectOutcome(repeated, 'repeated', rule).session, session, rule)
      },
    },
    {
      title: `${method}: a generation that a switch has ended at the same instant is in the feed once`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member' })
        const { member } = scene.people
        const { now } = scene
        await storage.memberships.switch(switchOf(scene, member))
        await change(storage, scene, member)
        const rule = 'The feed has the generation before the switch, and the one after it'
        const asked = [generationLine(member.session, 0, now), generationLine(member.session, 1, now)]
        expectEqual(await revocationsOf(storage, [member.session.id], scene.start), asked, rule)
      },
    },
    {
      title: `${method}: a session that acts in the organisation of another member stays`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member' })
        const elsewhere = await storeScene(storage, {}, scene.start)
        const guest = await storeMember(storage, elsewhere, 'member')
        const bystander = await storePerson(storage, scene.start)
        await change(storage, scene, scene.people.member)
        const rule = 'A change of a membership concerns its user and its organisation'
        for (const { session } of [guest, bystander])
          expectEqual(await findSession(storage, session, scene.now), session, rule)
      },
    },
  ]
}

/** Cases for the sessions and the feed when a membership changes. */
export const membershipSessionCases: readonly ConformanceCase[] = [
  ...membershipChanges.flatMap(casesOf),
  {
    title: 'memberships.changeRole: the same generation that ends twice at one instant is in the feed once',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { member } = scene.people
      const rule = 'The feed has one line for a generation and an instant'
      for (const role of ['admin', 'billing'])
        expectOutcome(await storage.memberships.changeRole(roleChangeOf(scene, member, role)), 'changed', rule)
      const lines = [generationLine(member.session, 0, scene.now)]
      expectEqual(await revocationsOf(storage, [member.session.id], scene.start), lines, rule)
      const later = roleChangeOf(scene, member, 'member', { now: scene.now + 5 })
      expectOutcome(await storage.memberships.changeRole(later), 'changed', rule)
      const both = [...lines, generationLine(member.session, 0, scene.now + 5)]
      expectEqual(
        await revocationsOf(storage, [member.session.id], scene.start),
        both,
        'A later change has its own line',
      )
    },
  },
  {
    title: 'memberships.changeRole: two members who change in turn have their own roles in their sessions',
    async run({ storage }) {
      const scene = await storeScene(storage, { one: 'member', two: 'member' })
      const { one, two } = scene.people
      await storage.memberships.changeRole(roleChangeOf(scene, one, 'admin'))
      await storage.memberships.changeRole(roleChangeOf(scene, two, 'billing'))
      const roles = await Promise.all(
        [one, two].map(async ({ session }) => (await findSession(storage, session, scene.now))?.organization?.role),
      )
      expectEqual(roles, ['admin', 'billing'], 'A session has the role of its own user')
    },
  },
]
