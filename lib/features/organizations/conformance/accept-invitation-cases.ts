import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { findToken } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { dayMilliseconds, hourMilliseconds } from '../../../conformance/random-records.js'
import { generationLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeAccount, storeSession } from '../../../conformance/stored-records.js'
import type { AcceptInvitation, InvitationRecord } from '../port.js'
import {
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

/** Returns a request of this person that accepts the invitation. */
export function acceptanceOf(
  { now }: Pick<Scene, 'now'>,
  { user, session }: Person,
  { hash }: Pick<InvitationRecord, 'hash'>,
  overrides: Partial<AcceptInvitation> = {},
): AcceptInvitation {
  const asking = { sessionId: session.id, now }
  const idleExpiresAt = now + 2 * hourMilliseconds
  return { hash, ownRoles, now, userId: user.id, asking, idleExpiresAt, maximumMembers: 100, ...overrides }
}

/** Stores a user with an invitation to their address. */
export async function storeInvitee(storage: Storage, scene: Scene, role = 'member') {
  const invitee = await storePerson(storage, scene.start)
  return { invitee, invitation: await storeInvitation(storage, scene, { email: invitee.user.email, role }) }
}

async function expectRefused(
  storage: Storage,
  scene: Scene,
  invitee: Person,
  request: AcceptInvitation,
  outcome: string,
  rule: string,
): Promise<void> {
  const attempt = () => storage.invitations.accept(request)
  expectEqual(await expectNothingWritten(storage, scene, attempt, rule, [invitee]), { outcome }, rule)
}

/** Cases for accepting invitations with an account. */
export const acceptInvitationCases: readonly ConformanceCase[] = [
  {
    title: 'invitations.accept: the user is a member with the role, joined now, and the invitation is removed',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { organization, now } = scene
      const { invitee, invitation } = await storeInvitee(storage, scene, 'billing')
      const kept = await storeInvitation(storage, scene)
      const request = acceptanceOf(scene, invitee, invitation)
      const answer = expectOutcome(await storage.invitations.accept(request), 'accepted', 'The invitation is live')
      const membership = membershipOf(scene, invitee, 'billing', now)
      const rule = 'An accepted invitation becomes a membership'
      const { isNewMember } = answer
      expectEqual([answer.organization, answer.membership, isNewMember], [organization, membership, true], rule)
      const key = { organizationId: organization.id, userId: invitee.user.id }
      expectEqual(await storage.organizations.find(key), { organization, membership }, rule)
      const list = await storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
      expectEqual(list, [kept], rule)
      expectEqual(await storage.invitations.accept(request), { outcome: 'invalid' }, 'An invitation is accepted once')
    },
  },
  {
    title: 'invitations.accept: the session acts in the organisation, one generation higher, and no other session does',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { now, organization } = scene
      const { invitee, invitation } = await storeInvitee(storage, scene, 'lead')
      const other = await storeSession(storage, invitee.user)
      const request = acceptanceOf(scene, invitee, invitation)
      const answer = expectOutcome(await storage.invitations.accept(request), 'accepted', 'The invitation is live')
      const next = { generation: 1, rotatedAt: now, expiresAt: request.idleExpiresAt }
      const asked = { ...invitee.session, ...next, organization: { id: organization.id, role: 'lead' } }
      const rule = 'The session that accepts acts in the organisation, as after a switch'
      expectEqual(answer.session, asked, rule)
      const find = (sessionId: string) => storage.sessions.find({ sessionId, now })
      expectEqual([await find(invitee.session.id), await find(other.id)], [asked, other], rule)
      const lines = await revocationsOf(storage, [invitee.session.id, other.id], scene.start)
      expectEqual(lines, [generationLine(invitee.session, 0, now)], rule)
    },
  },
  {
    title: 'invitations.accept: expiresAt of the session is limited to absoluteExpiresAt',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene)
      const { absoluteExpiresAt } = invitee.session
      const request = acceptanceOf(scene, invitee, invitation, { idleExpiresAt: absoluteExpiresAt + dayMilliseconds })
      const answer = expectOutcome(await storage.invitations.accept(request), 'accepted', 'The invitation is live')
      expectEqual(answer.session.expiresAt, absoluteExpiresAt, 'No acceptance prolongs a session beyond its end')
    },
  },
  {
    title: 'invitations.accept: the address is confirmed now, and one that was confirmed before keeps its instant',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene)
      const rule = 'The token came by mail, so it proves the address'
      const answer = await storage.invitations.accept(acceptanceOf(scene, invitee, invitation))
      const { user } = expectOutcome(answer, 'accepted', rule)
      expectEqual(user, { ...invitee.user, emailConfirmedAt: scene.now }, rule)
      expectEqual(await storage.users.find({ userId: user.id }), user, rule)
      const elsewhere = await storeScene(storage, {}, scene.start)
      const second = await storeInvitation(storage, elsewhere, { email: user.email })
      const later = acceptanceOf(scene, invitee, second, { now: scene.now + 5 })
      const again = expectOutcome(await storage.invitations.accept(later), 'accepted', rule)
      expectEqual(again.user.emailConfirmedAt, scene.now, 'An address that is confirmed stays as it is')
    },
  },
  ...needing<ConformanceCase>(
    ['email'],
    [
      {
        title: 'invitations.accept: the pending confirmEmail token is discarded, and the other tokens stay',
        async run({ storage }) {
          const account = await storeAccount(storage)
          const { user, sessions, tokens, now } = account
          const invitee = { user, session: sessions[0] }
          const scene = await storeScene(storage, {}, user.createdAt)
          const invitation = await storeInvitation(storage, scene, { email: user.email })
          await storage.invitations.accept(acceptanceOf(scene, invitee, invitation))
          const rule = 'A confirmed address needs no token'
          expectEqual(await findToken(storage, tokens.confirmEmail, now), null, rule)
          expectEqual(await findToken(storage, tokens.resetPassword, now), tokens.resetPassword, rule)
          expectEqual(await findToken(storage, tokens.changeEmail, now), tokens.changeEmail, rule)
        },
      },
    ],
  ),
  {
    title: 'invitations.accept: a member keeps their role and their joinedAt, and the invitation is removed',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'lead' })
      const { member } = scene.people
      const { organization, start, now } = scene
      const rule = 'An invitation neither raises nor lowers a member'
      for (const role of ['owner', 'member']) {
        const invitation = await storeInvitation(storage, scene, { email: member.user.email, role })
        const request = acceptanceOf(scene, member, invitation, { maximumMembers: 2 })
        const answer = expectOutcome(await storage.invitations.accept(request), 'accepted', rule)
        const membership = membershipOf(scene, member, 'lead', start)
        expectEqual([answer.membership, answer.isNewMember], [membership, false], rule)
        expectEqual(answer.session.organization, { id: organization.id, role: 'lead' }, rule)
        expectEqual((await rolesIn(storage, scene))[member.user.id], 'lead', rule)
        const list = await storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
        expectEqual(list, [], rule)
      }
    },
  },
  {
    title: 'invitations.accept: an invitation to another address is invalid, also one that differs only in case',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const invitee = await storePerson(storage, scene.start)
      const { email } = invitee.user
      for (const other of [`x${email}`, email.toUpperCase(), `${email} `, email.replace('e', 'é')]) {
        const invitation = await storeInvitation(storage, scene, { email: other })
        const request = acceptanceOf(scene, invitee, invitation)
        const rule = 'Only the user with exactly this address accepts an invitation'
        await expectRefused(storage, scene, invitee, request, 'invalid', rule)
      }
    },
  },
  {
    title: 'invitations.accept: an invitation that another one has replaced is invalid',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene, 'admin')
      await storeInvitation(storage, scene, { email: invitee.user.email })
      const rule = 'A replaced invitation no longer exists'
      await expectRefused(storage, scene, invitee, acceptanceOf(scene, invitee, invitation), 'invalid', rule)
    },
  },
  {
    title: 'invitations.accept: without a seat the organisation is full, and the invitation stays',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { invitee, invitation } = await storeInvitee(storage, scene)
      await storeInvitation(storage, scene)
      const rule = 'The members, without the invitations, are limited'
      for (const maximumMembers of [2, 1]) {
        const request = acceptanceOf(scene, invitee, invitation, { maximumMembers })
        await expectRefused(storage, scene, invitee, request, 'full', rule)
      }
      const request = acceptanceOf(scene, invitee, invitation, { maximumMembers: 3 })
      expectEqual((await storage.invitations.accept(request)).outcome, 'accepted', rule)
    },
  },
  {
    title: 'invitations.accept: the outcome is the first of sessionEnded, invalid and full',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene)
      const { owner } = scene.people
      const rule = 'If several outcomes apply, it is the first in the order of the port'
      const foreign = { sessionId: owner.session.id, now: scene.now }
      const unknown = { ...foreign, sessionId: randomUUID() }
      for (const asking of [foreign, unknown]) {
        const request = acceptanceOf(scene, invitee, invitation, { asking, maximumMembers: 1 })
        await expectRefused(storage, scene, invitee, request, 'sessionEnded', rule)
      }
      const request = acceptanceOf(scene, owner, invitation, { maximumMembers: 1 })
      await expectRefused(storage, scene, invitee, request, 'invalid', rule)
    },
  },
]
