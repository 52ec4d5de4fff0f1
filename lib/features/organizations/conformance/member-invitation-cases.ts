import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import type { OptionalFeature } from '../../../conformance/optional-features.js'
import { randomEmail, randomToken } from '../../../conformance/random-records.js'
import type { InvitationRecord } from '../port.js'
import { acceptanceOf } from './accept-invitation-cases.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  ownRoles,
  type Person,
  type Scene,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

/** A step that takes something from a member. */
interface TakingStep {
  readonly title: string
  take(storage: Storage, scene: Scene, member: Person): Promise<{ readonly outcome: string }>
  readonly outcome: string
  /** Whether the step concerns all organisations of the member. */
  readonly isEverywhere: boolean
  /** Other optional features that the step needs. */
  readonly features?: readonly OptionalFeature[]
}

const takingSteps: readonly TakingStep[] = [
  {
    title: 'memberships.end',
    take: ({ memberships }, scene, member) => memberships.end(endingOf(scene, member)),
    outcome: 'ended',
    isEverywhere: false,
  },
  ...['member', 'owner'].map(role => ({
    title: `memberships.changeRole to ${role}`,
    take: ({ memberships }: Storage, scene: Scene, member: Person) =>
      memberships.changeRole(roleChangeOf(scene, member, role)),
    outcome: 'changed',
    isEverywhere: false,
  })),
  {
    title: 'users.delete',
    take: ({ users }, { now }, { user }) => users.delete({ userId: user.id, now }),
    outcome: 'deleted',
    isEverywhere: true,
  },
  {
    title: 'oneTimeTokens.changeEmail',
    async take({ oneTimeTokens }, { now }, { user, session }) {
      const { id: sessionId } = session
      const token = randomToken(user, { purpose: 'changeEmail', email: randomEmail(), sessionId, createdAt: now })
      await oneTimeTokens.issue({ token, messages: [] })
      return oneTimeTokens.changeEmail({ hash: token.hash, now })
    },
    outcome: 'changed',
    isEverywhere: true,
    features: ['email'],
  },
]

async function pendingIn({ invitations }: Storage, scene: Scene): Promise<readonly InvitationRecord[]> {
  const { organization, start: now } = scene
  return invitations.list({ organizationId: organization.id, now, limit: 100 })
}

/**
 * Cases for the invitations to a member. A member can be invited again, and need not accept it. They could otherwise return by it,
 * with the role that it grants, after a removal or a demotion. A changed address would hide the invitation to the former one.
 */
export const memberInvitationCases: readonly ConformanceCase[] = takingSteps.map(
  ({ title, take, outcome, isEverywhere, features = [] }) => ({
    features,
    title: `${title}: the invitation to the address of the member ends, and other invitations stay`,
    async run({ storage }) {
      const scene = await storeScene(storage, { other: 'member' })
      const { people, start } = scene
      const second = await storeOrganizationOf(storage, people.owner, scene)
      const foreign = await storeScene(storage, {}, start)
      const member = await storeMember(storage, scene, 'admin')
      const { email } = member.user
      const joining = await storeInvitation(storage, second, { email })
      expectOutcome(await storage.invitations.accept(acceptanceOf(second, member, joining)), 'accepted', 'It is live')

      const own = await storeInvitation(storage, scene, { email, role: 'owner' })
      const kept = await storeInvitation(storage, scene, { email: people.other.user.email })
      const ownInSecond = await storeInvitation(storage, second, { email })
      const ownInForeign = await storeInvitation(storage, foreign, { email })
      const rule = 'A former member does not return by an invitation from the time of their membership'
      expectEqual((await take(storage, scene, member)).outcome, outcome, rule)
      const { hash } = own
      expectEqual(await storage.invitations.find({ hash, ownRoles, now: start }), null, rule)
      expectEqual(await pendingIn(storage, scene), [kept], rule)
      expectEqual(await pendingIn(storage, second), isEverywhere ? [] : [ownInSecond], rule)
      expectEqual(await pendingIn(storage, foreign), [ownInForeign], 'Other organisations may still want the user')
    },
  }),
)
