import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { hourMilliseconds, randomTokenHash } from '../../../conformance/random-records.js'
import type { InvitationRecord, PresentedInvitation } from '../port.js'
import type { OwnRoles } from '../roles.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  actorOf,
  expectNothingWritten,
  issueOf,
  ownRoles,
  type Person,
  randomInvitation,
  type Scene,
  signUpWith,
  storeInvitation,
  storePerson,
  storeScene,
} from './organization-account.js'

type Invited = Scene<'admin'> & { readonly invitee: Person; readonly invitation: InvitationRecord }

/** A method that a client calls with the token of an invitation. */
interface PresentingMethod {
  readonly method: string
  /** Presents the token. Returns whether the invitation is live. */
  present(storage: Storage, invited: Invited, presented: PresentedInvitation): Promise<boolean>
}

const presentingMethods: readonly PresentingMethod[] = [
  {
    method: 'invitations.find',
    present: async ({ invitations }, _, presented) => (await invitations.find(presented)) !== null,
  },
  {
    method: 'invitations.decline',
    present: async ({ invitations }, _, presented) => (await invitations.decline(presented)).outcome === 'declined',
  },
  {
    method: 'invitations.accept',
    async present({ invitations }, { invitee, now }, presented) {
      const asking = { sessionId: invitee.session.id, now }
      const idleExpiresAt = now + hourMilliseconds
      const request = { userId: invitee.user.id, asking, idleExpiresAt, maximumMembers: 100 }
      return (await invitations.accept({ ...request, ...presented })).outcome === 'accepted'
    },
  },
  {
    method: 'invitations.signUp',
    async present(storage, invited, presented) {
      const { invitee, invitation } = invited
      const request = signUpWith(invited, invitation, { invitation: presented })
      await storage.users.delete({ userId: invitee.user.id, now: invited.start })
      return (await storage.invitations.signUp(request)).outcome === 'created'
    },
  },
]

/** Stores an invitation that the administrator has sent to a user with an account. */
async function storeInvited(storage: Storage, overrides: Partial<InvitationRecord> = {}): Promise<Invited> {
  const scene = await storeScene(storage, { admin: 'lead' })
  const invitee = await storePerson(storage, scene.start)
  const { email } = invitee.user
  const invitation = await storeInvitation(storage, scene, {
    email,
    invitedBy: scene.people.admin.user.id,
    ...overrides,
  })
  return { ...scene, invitee, invitation }
}

function casesOf({ method, present }: PresentingMethod): readonly ConformanceCase[] {
  async function expectDead(
    storage: Storage,
    invited: Invited,
    overrides: Partial<PresentedInvitation>,
    rule: string,
  ): Promise<void> {
    const { invitation, now } = invited
    const presented = { hash: invitation.hash, ownRoles, now, ...overrides }
    const attempt = () => present(storage, invited, presented)
    expectEqual(await expectNothingWritten(storage, invited, attempt, rule), false, rule)
  }

  return [
    {
      title: `${method}: an invitation is live until the last millisecond before expiresAt`,
      async run({ storage }) {
        const rule = 'An invitation has expired from expiresAt on'
        for (const later of [0, 1, 1_000]) {
          const invited = await storeInvited(storage)
          await expectDead(storage, invited, { now: invited.invitation.expiresAt + later }, rule)
        }
        const invited = await storeInvited(storage)
        const { hash, expiresAt } = invited.invitation
        expectEqual(await present(storage, invited, { hash, ownRoles, now: expiresAt - 1 }), true, rule)
      },
    },
    {
      title: `${method}: an invitation ends when the member who sent it is removed`,
      async run({ storage }) {
        const invited = await storeInvited(storage)
        const { admin } = invited.people
        await storage.memberships.end(endingOf(invited, admin))
        const rule = 'An invitation of a former member gives access to no one'
        await expectDead(storage, invited, {}, rule)
      },
    },
    {
      title: `${method}: an invitation of a user who is no member is not live`,
      async run({ storage }) {
        const scene = await storeScene(storage, { admin: 'lead' })
        const invitee = await storePerson(storage, scene.start)
        const stranger = await storePerson(storage, scene.start)
        const asked = { email: invitee.user.email, invitedBy: stranger.user.id }
        const invitation = randomInvitation(scene, asked)
        await storage.invitations.issue(issueOf(scene, { invitation }))
        const rule = 'An invitation is as good as the membership of its sender'
        await expectDead(storage, { ...scene, invitee, invitation }, {}, rule)
      },
    },
    {
      title: `${method}: an invitation is not live while the member who sent it could not send it`,
      async run({ storage }) {
        const invited = await storeInvited(storage)
        const { admin } = invited.people
        const rule = 'An invitation is as good as the role of the member who sent it'
        for (const role of ['member', 'billing', 'ghost']) {
          await storage.memberships.changeRole(roleChangeOf(invited, admin, role))
          await expectDead(storage, invited, {}, rule)
        }
        await storage.memberships.changeRole(roleChangeOf(invited, admin, 'admin'))
        const { hash } = invited.invitation
        expectEqual(await present(storage, invited, { hash, ownRoles, now: invited.now }), true, rule)
      },
    },
    {
      title: `${method}: an own role of the member who sent the invitation counts as the request says that it is`,
      async run({ storage }) {
        const invited = await storeInvited(storage)
        const rule = 'An own role is like the role that the application has given it'
        const others: readonly OwnRoles[] = [{}, { lead: 'member' }]
        for (const roles of others) await expectDead(storage, invited, { ownRoles: roles }, rule)
        const { hash } = invited.invitation
        expectEqual(
          await present(storage, invited, { hash, ownRoles: { lead: 'admin' }, now: invited.now }),
          true,
          rule,
        )
      },
    },
    {
      title: `${method}: an invitation above the role of the member who sent it is not live`,
      async run({ storage }) {
        const scene = await storeScene(storage, { admin: 'owner' })
        const { admin, owner } = scene.people
        const invitee = await storePerson(storage, scene.start)
        const { email } = invitee.user
        const sent = { email, role: 'owner', invitedBy: admin.user.id }
        const invited = { ...scene, invitee, invitation: await storeInvitation(storage, scene, sent) }
        const actor = actorOf(owner, { atLeast: 'owner' })
        await storage.memberships.changeRole(roleChangeOf(scene, admin, 'admin', { actor }))
        const rule = 'A member who was demoted gives no role above their own'
        await expectDead(storage, invited, {}, rule)
      },
    },
    {
      title: `${method}: an unknown hash and one that differs in case are no invitation`,
      async run({ storage }) {
        const invited = await storeInvited(storage)
        const { hash } = invited.invitation
        const swapped = hash.replace(/[a-z]/gi, letter =>
          letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
        )
        const rule = 'Hashes are compared byte for byte'
        for (const other of [randomTokenHash(), swapped as typeof hash, `${hash} ` as typeof hash])
          await expectDead(storage, invited, { hash: other }, rule)
      },
    },
    {
      title: `${method}: an invitation of a deleted organisation is none`,
      async run({ storage }) {
        const invited = await storeInvited(storage)
        const { organization, people, now } = invited
        const actor = actorOf(people.owner)
        await storage.organizations.delete({ organizationId: organization.id, actor, now })
        await expectDead(storage, invited, {}, 'An invitation ends with its organisation')
      },
    },
  ]
}

/** Cases for whether an invitation is live, for each method that a client calls with its token. */
export const liveInvitationCases: readonly ConformanceCase[] = [
  ...presentingMethods.flatMap(casesOf),
  {
    title: 'invitations.find: nothing is consumed, however often the invitation is looked at',
    async run({ storage }) {
      const { invitation, organization, now } = await storeInvited(storage)
      const request = { hash: invitation.hash, ownRoles, now }
      for (const _ of [1, 2, 3]) {
        const found = await storage.invitations.find(request)
        expectEqual(found, { invitation, organization }, 'A preview consumes nothing')
      }
    },
  },
]
