import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { hourMilliseconds, randomPasswordHash } from '../../../conformance/random-records.js'
import { roleChangeOf } from './change-role-cases.js'
import {
  expectNothingWritten,
  ownRoles,
  rolesIn,
  storeInvitation,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from './organization-account.js'

/** A user who is deleted or disabled invites no one any more: otherwise an attacker could return by their own invitation. */
const sentInvitationsCase = (method: 'delete' | 'disable'): ConformanceCase => ({
  title: `users.${method}: the invitations that the user has sent are removed, and those of others stay`,
  async run({ storage }) {
    const scene = await storeScene(storage, { admin: 'admin' })
    const { organization, people, start, now } = scene
    const sent = await storeInvitation(storage, scene, { invitedBy: people.admin.user.id })
    const kept = await storeInvitation(storage, scene)
    await storage.users[method]({ userId: people.admin.user.id, now })
    const rule = 'An invitation ends with the account of the user who sent it'
    const request = { organizationId: organization.id, now: start, limit: 100 }
    expectEqual(await storage.invitations.list(request), [kept], rule)
    expectEqual(await storage.invitations.find({ hash: sent.hash, ownRoles, now: start }), null, rule)
  },
})

/** Cases for deleting and disabling users who are members. */
export const memberDeletionCases: readonly ConformanceCase[] = [
  {
    title: 'users.delete: the memberships of the user end, and the other members stay',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'admin', other: 'member' })
      const { people, start, now } = scene
      const { member, other, owner } = people
      const elsewhere = await storeScene(storage, {}, start)
      await storeMember(storage, elsewhere, 'member')
      const before = await rolesIn(storage, elsewhere)
      expectOutcome(await storage.users.delete({ userId: member.user.id, now }), 'deleted', 'The user is no owner')
      const rule = 'A membership ends with its user'
      expectEqual(await rolesIn(storage, scene), { [owner.user.id]: 'owner', [other.user.id]: 'member' }, rule)
      expectEqual(await storage.organizations.list({ userId: member.user.id, limit: 100 }), [], rule)
      expectEqual(await rolesIn(storage, elsewhere), before, rule)
    },
  },
  ...(['delete', 'disable'] as const).map(sentInvitationsCase),
  {
    title: 'users.delete: the only owner of shared organisations is lastOwner with their ids, and nothing is written',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'admin', coOwner: 'owner' })
      const { coOwner, owner } = scene.people
      const [one, two] = [
        await storeOrganizationOf(storage, owner, scene),
        await storeOrganizationOf(storage, owner, scene),
      ]
      await storeOrganizationOf(storage, coOwner, scene)
      const rule = 'No organisation loses its last owner'
      const { id: userId } = owner.user
      const attempt = () => storage.users.delete({ userId, now: scene.now })
      const answer = await expectNothingWritten(storage, scene, attempt, rule)
      const { organizationIds } = expectOutcome(answer, 'lastOwner', rule)
      expectEqual(sorted(organizationIds), sorted([one, two].map(({ organization }) => organization.id)), rule)
    },
  },
  {
    title: 'users.delete: the only member of a shared organisation is lastOwner, too',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const rule = 'An owner deletes a shared organisation before the account'
      const { id: userId } = scene.people.owner.user
      const attempt = () => storage.users.delete({ userId, now: scene.now })
      const answer = await expectNothingWritten(storage, scene, attempt, rule)
      expectEqual(answer, { outcome: 'lastOwner', organizationIds: [scene.organization.id] }, rule)
    },
  },
  {
    title: 'users.delete: one of two owners is deleted, and then the other is the last',
    async run({ storage }) {
      const scene = await storeScene(storage, { coOwner: 'owner' })
      const { owner, coOwner } = scene.people
      const remove = async (userId: string) => (await storage.users.delete({ userId, now: scene.now })).outcome
      const rule = 'An owner can be deleted while the organisation has another one'
      expectEqual([await remove(owner.user.id), await remove(coOwner.user.id)], ['deleted', 'lastOwner'], rule)
      expectEqual(await rolesIn(storage, scene), { [coOwner.user.id]: 'owner' }, rule)
    },
  },
  {
    title: 'users.delete: a user who was demoted a moment ago is deleted',
    async run({ storage }) {
      const scene = await storeScene(storage, { coOwner: 'owner' })
      const { owner } = scene.people
      await storage.memberships.changeRole(roleChangeOf(scene, owner, 'member'))
      const { outcome } = await storage.users.delete({ userId: owner.user.id, now: scene.now })
      expectEqual(outcome, 'deleted', 'Only the owner of that moment is the last one')
    },
  },
  {
    title: 'users.delete: stale and sessionEnded come before lastOwner',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { user, session } = scene.people.owner
      const { now } = scene
      const { id: userId, passwordHash: currentHash } = user
      const remove = async (asking: { readonly sessionId: string; readonly currentHash: typeof currentHash }) =>
        (await storage.users.delete({ userId, asking: { ...asking, now }, now })).outcome
      const outcomes = [
        await remove({ sessionId: session.id, currentHash: randomPasswordHash() }),
        await remove({ sessionId: randomUUID(), currentHash }),
        await remove({ sessionId: session.id, currentHash }),
      ]
      const rule = 'A caller who may not delete the account learns nothing about organisations'
      expectEqual(outcomes, ['stale', 'sessionEnded', 'lastOwner'], rule)
    },
  },
  {
    title: 'users.disable: a disabled member stays one, with the role',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'lead' })
      const before = await rolesIn(storage, scene)
      await storage.users.disable({ userId: scene.people.member.user.id, now: scene.now })
      expectEqual(await rolesIn(storage, scene), before, 'A user who is enabled again has their organisations')
    },
  },
  {
    title: 'users.changePassword: the session that stays acts in its organisation',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { user, session } = scene.people.member
      const hashes = { currentHash: user.passwordHash, newHash: randomPasswordHash() }
      const times = { idleExpiresAt: scene.now + hourMilliseconds, now: scene.now }
      const change = { userId: user.id, ...hashes, sessionId: session.id, ...times, messages: [] }
      const answer = expectOutcome(await storage.users.changePassword(change), 'changed', 'The hash is current')
      expectEqual(answer.session.organization, session.organization, 'A new generation acts where the former one did')
    },
  },
]
