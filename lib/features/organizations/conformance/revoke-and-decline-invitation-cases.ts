import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { actorOf, expectNothingWritten, ownRoles, storeInvitation, storeScene } from './organization-account.js'

/** Cases for withdrawing and declining invitations. */
export const revokeAndDeclineInvitationCases: readonly ConformanceCase[] = [
  {
    title: 'invitations.revoke: the invitation is removed, the answer has it, and the others stay',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { organization, people, now } = scene
      const invitation = await storeInvitation(storage, scene)
      const kept = await storeInvitation(storage, scene)
      const request = { organizationId: organization.id, invitationId: invitation.id, actor: actorOf(people.owner) }
      const rule = 'A revoked invitation no longer exists'
      expectEqual(await storage.invitations.revoke(request), { outcome: 'revoked', invitation }, rule)
      const { invitations } = storage
      expectEqual(await invitations.list({ organizationId: organization.id, now, limit: 100 }), [kept], rule)
      expectEqual(await invitations.find({ hash: invitation.hash, ownRoles, now }), null, rule)
      expectEqual(await invitations.revoke(request), { outcome: 'unknownInvitation' }, rule)
    },
  },
  {
    title:
      'invitations.revoke: an administrator revokes an invitation that another member has sent, also an expired one',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'lead' })
      const { organization, people, now } = scene
      for (const expiresAt of [now + 1_000, now - 1_000]) {
        const invitation = await storeInvitation(storage, scene, { expiresAt })
        const actor = actorOf(people.admin)
        const request = { organizationId: organization.id, invitationId: invitation.id, actor }
        const rule = 'An invitation is removed as long as it is stored'
        expectEqual(await storage.invitations.revoke(request), { outcome: 'revoked', invitation }, rule)
      }
    },
  },
  {
    title: 'invitations.revoke: an unknown invitation and one of another organisation are unknownInvitation',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, {}, scene.start)
      await storeInvitation(storage, scene)
      const other = await storeInvitation(storage, elsewhere)
      const rule = 'An organisation revokes only its own invitations'
      for (const invitationId of [other.id, randomUUID()]) {
        const actor = actorOf(scene.people.owner)
        const request = { organizationId: scene.organization.id, invitationId, actor }
        const attempt = () => storage.invitations.revoke(request)
        expectEqual(await expectNothingWritten(storage, scene, attempt, rule), { outcome: 'unknownInvitation' }, rule)
      }
      const found = await storage.invitations.find({ hash: other.hash, ownRoles, now: scene.now })
      expectEqual(found?.invitation, other, rule)
    },
  },
  {
    title: 'invitations.revoke: forbidden comes before unknownInvitation',
    async run({ storage }) {
      const { organization, people } = await storeScene(storage, { member: 'member' })
      const actor = actorOf(people.member)
      const request = { organizationId: organization.id, invitationId: randomUUID(), actor }
      const answer = await storage.invitations.revoke(request)
      expectEqual(answer, { outcome: 'forbidden' }, 'The decision about the role takes precedence')
    },
  },
  {
    title: 'invitations.decline: the invitation is removed, the answer has it, and the others stay',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { organization, now } = scene
      const invitation = await storeInvitation(storage, scene)
      const kept = await storeInvitation(storage, scene)
      const request = { hash: invitation.hash, ownRoles, now }
      const rule = 'A declined invitation no longer exists'
      const { invitations } = storage
      expectEqual(await invitations.decline(request), { outcome: 'declined', invitation, organization }, rule)
      expectEqual(await invitations.list({ organizationId: organization.id, now, limit: 100 }), [kept], rule)
      expectEqual(await invitations.decline(request), { outcome: 'invalid' }, rule)
      expectEqual(await invitations.find(request), null, rule)
    },
  },
]
