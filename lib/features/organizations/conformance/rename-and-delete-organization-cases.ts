import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { generationLine, inFeedOrder } from '../../../conformance/revocation-feed.js'
import {
  actorOf,
  expectNothingWritten,
  membershipOf,
  type Person,
  sceneState,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

const endedOf = ({ session }: Person) => ({ sessionId: session.id, generation: session.generation })

/** Sorts ended generations by session, since the contract defines no order. */
export function bySession<Ended extends { readonly sessionId: string }>(ended: readonly Ended[]): readonly Ended[] {
  return [...ended].sort((one, other) => (one.sessionId < other.sessionId ? -1 : 1))
}

/** Cases for renaming and deleting organisations. */
export const renameAndDeleteOrganizationCases: readonly ConformanceCase[] = [
  {
    title: 'organizations.rename: the name changes, and the answer has the membership of the actor',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'lead' })
      const { organization, people, start } = scene
      const { id: organizationId } = organization
      const before = await sceneState(storage, scene, Object.values(people))
      const request = { organizationId, name: 'A new name', actor: actorOf(people.admin) }
      const renamed = { ...organization, name: 'A new name' }
      const membership = membershipOf(scene, people.admin, 'lead', start)
      const rule = 'A renamed organisation has the new name, and nothing else changes'
      const answer = await storage.organizations.rename(request)
      expectEqual(answer, { outcome: 'renamed', organization: renamed, membership }, rule)
      const { organizations, ...others } = await sceneState(storage, scene, Object.values(people))
      const { organizations: _, ...asked } = before
      expectEqual(others, asked, rule)
      const names = organizations.map(list => list.map(one => one.organization))
      expectEqual(names, [[renamed], [renamed]], rule)
    },
  },
  {
    title: 'organizations.delete: the organisation, its memberships and its invitations are removed',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { organization, people, start, now } = scene
      const invitation = await storeInvitation(storage, scene)
      const { id: organizationId } = organization
      const answer = await storage.organizations.delete({ organizationId, actor: actorOf(people.owner), now })
      const rule = 'Nothing of a deleted organisation is left'
      expectEqual(expectOutcome(answer, 'deleted', rule).organization, organization, rule)
      const state = await sceneState(storage, scene, Object.values(people))
      expectEqual([state.members, state.invitations, state.organizations], [[], [], [[], []]], rule)
      expectEqual(await storage.invitations.find({ hash: invitation.hash, ownRoles: {}, now: start }), null, rule)
      const users = state.users.map(user => user?.id)
      expectEqual(
        users,
        Object.values(people).map(({ user }) => user.id),
        'The members keep their accounts',
      )
    },
  },
  {
    title: 'organizations.delete: the sessions that act in it act in none, and the feed has their generations',
    async run({ storage }) {
      const scene = await storeScene(storage, { one: 'admin', two: 'member' })
      const { organization, people, start, now } = scene
      const elsewhere = await storeOrganizationOf(storage, people.owner, scene)
      const neighbour = await storeMember(storage, elsewhere, 'member')
      const all = [...Object.values(people), neighbour]
      const request = { organizationId: organization.id, actor: actorOf(people.owner), now }
      const answer = expectOutcome(await storage.organizations.delete(request), 'deleted', 'An owner can delete it')
      const { one, two, owner } = people
      const rule = 'Exactly the sessions that act in the organisation are changed'
      expectEqual(bySession(answer.endedGenerations), bySession([endedOf(one), endedOf(two)]), rule)
      const { sessions, revocations } = await sceneState(storage, { ...scene, start }, all)
      const changed = [one, two].map(({ session }) => ({ ...session, organization: null }))
      expectEqual(sessions, [owner.session, ...changed, neighbour.session], rule)
      const lines = inFeedOrder([one, two].map(({ session }) => generationLine(session, 0, now)))
      expectEqual(revocations, lines, rule)
    },
  },
  {
    title: 'organizations.delete: an organisation that does not exist is unknown',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const request = { organizationId: randomUUID(), actor: actorOf(scene.people.owner), now: scene.now }
      const rule = 'There is no organisation to delete'
      const answer = await expectNothingWritten(storage, scene, () => storage.organizations.delete(request), rule)
      expectEqual(answer, { outcome: 'unknown' }, rule)
    },
  },
]
