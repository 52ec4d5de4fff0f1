import type { Storage } from '../../../composition/storage.js'
import { findToken } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { randomMessage, randomToken, randomUser } from '../../../conformance/random-records.js'
import { storeUser } from '../../../conformance/stored-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import {
  expectNothingWritten,
  type InvitedSignUpRequest,
  mailOf,
  ownRoles,
  rolesIn,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'

async function expectRefused(
  storage: Storage,
  scene: Scene,
  request: InvitedSignUpRequest,
  outcome: string,
  rule: string,
): Promise<void> {
  const { user, session } = request
  const found = await storage.users.find({ userId: user.id })
  const attempt = () => storage.invitations.signUp(request)
  expectEqual(await expectNothingWritten(storage, scene, attempt, rule), { outcome }, rule)
  expectEqual(await storage.users.find({ userId: user.id }), found, rule)
  expectEqual(await storage.sessions.find({ sessionId: session.id, now: scene.start }), null, rule)
}

/** Cases for signing up with an invitation. */
export const signUpWithInvitationCases: readonly ConformanceCase[] = [
  {
    title: 'invitations.signUp: the user, the session and the membership are stored, and the invitation is removed',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { organization, people, start, now } = scene
      const invitation = await storeInvitation(storage, scene, { role: 'billing' })
      const kept = await storeInvitation(storage, scene)
      const request = signUpWith(scene, invitation)
      const { session } = request
      const user = { ...request.user, createdAt: start + 3, emailConfirmedAt: start + 3 }
      const rule = 'A sign-up with an invitation is one step'
      expectEqual(await storage.invitations.signUp({ ...request, user }), { outcome: 'created' }, rule)
      expectEqual(await storage.users.find({ userId: user.id }), user, 'The user is stored as given')
      expectEqual(await storage.sessions.find({ sessionId: session.id, now }), session, rule)
      const membership = { organizationId: organization.id, userId: user.id, role: 'billing', joinedAt: start + 3 }
      const key = { organizationId: organization.id, userId: user.id }
      expectEqual(await storage.organizations.find(key), { organization, membership }, 'A new user joins at createdAt')
      const list = await storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
      expectEqual(list, [kept], rule)
      expectEqual(Object.keys(await rolesIn(storage, scene)).sort(), [people.owner.user.id, user.id].sort(), rule)
    },
  },
  {
    title: 'invitations.signUp: a second sign-up with the same invitation is invalid',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const invitation = await storeInvitation(storage, scene)
      const first = signUpWith(scene, invitation)
      await storage.invitations.signUp(first)
      await storage.users.delete({ userId: first.user.id, now: scene.now })
      const rule = 'An invitation is accepted once'
      await expectRefused(storage, scene, signUpWith(scene, invitation), 'invalid', rule)
    },
  },
  {
    title: 'invitations.signUp: an invitation to another address is invalid, also one that differs only in case',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { email, ...invitation } = await storeInvitation(storage, scene)
      const rule = 'Only a user with exactly this address signs up with an invitation'
      for (const other of [`x${email}`, email.toUpperCase(), `${email} `, email.replace('e', 'é')])
        await expectRefused(storage, scene, signUpWith(scene, { ...invitation, email: other }), 'invalid', rule)
    },
  },
  {
    title: 'invitations.signUp: without a seat the organisation is full, and the invitation stays',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const invitation = await storeInvitation(storage, scene)
      await storeInvitation(storage, scene)
      const rule = 'The members, without the invitations, are limited'
      for (const maximumMembers of [2, 1])
        await expectRefused(storage, scene, signUpWith(scene, invitation, { maximumMembers }), 'full', rule)
      const answer = await storage.invitations.signUp(signUpWith(scene, invitation, { maximumMembers: 3 }))
      expectEqual(answer, { outcome: 'created' }, rule)
    },
  },
  {
    title:
      'invitations.signUp: a taken address, id or username is the outcome of users.create, and the invitation stays',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const taken = await storeUser(storage, { createdAt: scene.start })
      const rule = 'The invitation is left for a sign-up that succeeds'
      const mine = await storeInvitation(storage, scene, { email: taken.email })
      await expectRefused(storage, scene, signUpWith(scene, mine), 'emailTaken', rule)
      const invitation = await storeInvitation(storage, scene)
      const { email } = invitation
      const user = randomUser({ createdAt: scene.start, email })
      const sameId = signUpWith(scene, invitation, { user: { ...user, id: taken.id } })
      await expectRefused(storage, scene, sameId, 'idTaken', rule)
      const sameName = signUpWith(scene, invitation, { user: { ...user, username: taken.username } })
      await expectRefused(storage, scene, sameName, 'usernameTaken', rule)
      const { outcome } = await storage.invitations.signUp(signUpWith(scene, invitation))
      expectEqual(outcome, 'created', rule)
    },
  },
  {
    title: 'invitations.signUp: invalid and full come before the outcomes of users.create',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { email } = await storeUser(storage, { createdAt: scene.start })
      const invitation = await storeInvitation(storage, scene, { email })
      const rule = 'If several outcomes apply, it is the first in the order of the port'
      const expired = { hash: invitation.hash, ownRoles, now: invitation.expiresAt }
      const refused = { invitation: expired, maximumMembers: 1 }
      await expectRefused(storage, scene, signUpWith(scene, invitation, refused), 'invalid', rule)
      await expectRefused(storage, scene, signUpWith(scene, invitation, { maximumMembers: 1 }), 'full', rule)
      await expectRefused(storage, scene, signUpWith(scene, invitation), 'emailTaken', rule)
    },
  },
  ...needing<ConformanceCase>(
    ['email'],
    [
      {
        title: 'invitations.signUp: the messages and the token are stored with the user, and not if it is refused',
        async run({ storage }) {
          const scene = await storeScene(storage)
          const invitation = await storeInvitation(storage, scene)
          const { owner } = scene.people
          const { now } = scene
          const rule = 'Messages and tokens are stored only with the user'
          for (const [maximumMembers, outcome] of [
            [1, 'full'],
            [2, 'created'],
          ] as const) {
            const request = signUpWith(scene, invitation, { maximumMembers })
            const messages = mailOf(storage, scene, owner)
            const token = randomToken(request.user)
            const answer = await storage.invitations.signUp({ ...request, token, messages })
            expectEqual(answer, { outcome }, rule)
            const isCreated = outcome === 'created'
            await expectWaiting(storage, { offered: messages, waiting: isCreated ? messages : [], now }, rule)
            expectEqual(await findToken(storage, token, now), isCreated ? token : null, rule)
          }
        },
      },
      {
        title: 'invitations.signUp: messagesIfTaken are stored for the owner of the address, and only with emailTaken',
        async run({ storage }) {
          const scene = await storeScene(storage)
          const taken = await storeUser(storage, { createdAt: scene.start })
          const { email } = taken
          const invitation = await storeInvitation(storage, scene, { email })
          const rule = 'The owner of the address is notified of the sign-up'
          for (const maximumMembers of [1, 2]) {
            const request = signUpWith(scene, invitation, { maximumMembers })
            const message = randomMessage(request.user, { nextAttemptAt: scene.now, expiresAt: scene.now + 1_000 })
            const { outcome } = await storage.invitations.signUp({ ...request, messagesIfTaken: [message] })
            const isTaken = maximumMembers === 2
            expectEqual(outcome, isTaken ? 'emailTaken' : 'full', rule)
            const waiting = isTaken ? [{ ...message, userId: taken.id }] : []
            await expectWaiting(storage, { offered: [message], waiting, now: scene.now }, rule)
          }
        },
      },
    ],
  ),
]
