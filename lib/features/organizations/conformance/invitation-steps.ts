import type { Storage } from '../../../composition/storage.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { byId, claimedForGood, takeMessages } from '../../../conformance/waiting-messages.js'
import { acceptanceOf, storeInvitee } from './accept-invitation-cases.js'
import {
  actorOf,
  issueOf,
  mailOf,
  membershipOf,
  ownRoles,
  rolesIn,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'

const listOf = ({ invitations }: Storage, { organization, now }: Scene) =>
  invitations.list({ organizationId: organization.id, now, limit: 100 })

/** All methods that change or use invitations. */
export const invitationSteps: readonly StepOf[] = [
  {
    method: 'invitations.issue',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { now } = scene
      const messages = mailOf(storage, scene, scene.people.owner)
      const request = issueOf(scene, { messages, maximumMembers: 2 })
      return {
        attempt: storage => outcomeOf(storage.invitations.issue(request)),
        first: 'issued',
        again: ['issued', 'rejected'],
        observe: async storage => [await listOf(storage, scene), byId(await takeMessages(storage, messages, now))],
        effect: [[request.invitation], byId(messages.map(message => claimedForGood(message, now)))],
      }
    },
  },
  {
    method: 'invitations.revoke',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { id: invitationId } = await storeInvitation(storage, scene)
      const kept = await storeInvitation(storage, scene)
      const actor = actorOf(scene.people.owner)
      const request = { organizationId: scene.organization.id, invitationId, actor }
      return {
        attempt: storage => outcomeOf(storage.invitations.revoke(request)),
        first: 'revoked',
        again: ['unknownInvitation'],
        observe: storage => listOf(storage, scene),
        effect: [kept],
      }
    },
  },
  {
    method: 'invitations.decline',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { hash } = await storeInvitation(storage, scene)
      const kept = await storeInvitation(storage, scene)
      const request = { hash, ownRoles, now: scene.now }
      return {
        attempt: storage => outcomeOf(storage.invitations.decline(request)),
        first: 'declined',
        again: ['invalid'],
        observe: storage => listOf(storage, scene),
        effect: [kept],
      }
    },
  },
  {
    method: 'invitations.accept',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { organization, now } = scene
      const { invitee, invitation } = await storeInvitee(storage, scene, 'billing')
      const request = acceptanceOf(scene, invitee, invitation)
      const acting = { id: organization.id, role: 'billing' }
      return {
        attempt: storage => outcomeOf(storage.invitations.accept(request)),
        first: 'accepted',
        again: ['invalid'],
        async observe(storage) {
          const key = { organizationId: organization.id, userId: invitee.user.id }
          const session = await storage.sessions.find({ sessionId: invitee.session.id, now })
          return [
            (await storage.organizations.find(key))?.membership,
            [session?.generation, session?.organization],
            (await storage.users.find({ userId: invitee.user.id }))?.emailConfirmedAt,
            await listOf(storage, scene),
          ]
        },
        effect: [membershipOf(scene, invitee, 'billing', now), [1, acting], now, []],
      }
    },
  },
  {
    method: 'invitations.signUp',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const { now } = scene
      const invitation = await storeInvitation(storage, scene)
      const messages = mailOf(storage, scene, owner)
      const request = { ...signUpWith(scene, invitation), messages }
      const { user, session } = request
      return {
        attempt: storage => outcomeOf(storage.invitations.signUp(request)),
        first: 'created',
        again: ['invalid'],
        observe: async storage => [
          await storage.users.find({ userId: user.id }),
          await storage.sessions.find({ sessionId: session.id, now }),
          await rolesIn(storage, scene),
          byId(await takeMessages(storage, messages, now)),
        ],
        effect: [
          user,
          session,
          { [owner.user.id]: 'owner', [user.id]: 'member' },
          byId(messages.map(message => claimedForGood(message, now))),
        ],
      }
    },
  },
]
