import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomEmail, randomUser } from '../../../conformance/random-records.js'
import { storeSession } from '../../../conformance/stored-records.js'
import { acceptanceOf, storeInvitee } from './accept-invitation-cases.js'
import {
  actorOf,
  issueOf,
  ownRoles,
  randomInvitation,
  rolesIn,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'

type Outcome = Promise<{ readonly outcome: string }>

async function listOf({ invitations }: Storage, { organization, now }: Scene): Promise<readonly string[]> {
  const list = await invitations.list({ organizationId: organization.id, now, limit: 100 })
  return list.map(({ id }) => id)
}

/** Cases for invitations that are issued, accepted, declined and revoked concurrently. */
export const invitationRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty acceptances of one invitation exactly one is accepted', async (storage, all) => {
    const scene = await storeScene(storage)
    const { invitee, invitation } = await storeInvitee(storage, scene)
    const second = { ...invitee, session: await storeSession(storage, invitee.user) }
    const answers = await concurrently(all, (connection, index) =>
      connection.invitations.accept(acceptanceOf(scene, index % 4 < 2 ? invitee : second, invitation)),
    )
    const rule = 'An invitation is accepted once, and all other calls get invalid'
    expectEqual([countOf(answers, 'accepted'), countOf(answers, 'invalid')], [1, answers.length - 1], rule)
    const sessions = await Promise.all(
      [invitee, second].map(({ session }) => storage.sessions.find({ sessionId: session.id, now: scene.now })),
    )
    const acting = sessions.filter(session => session?.organization?.id === scene.organization.id)
    expectEqual(acting.length, 1, 'Only the session that accepts acts in the organisation')
  }),
  raceCase('race: of twenty sign-ups with one invitation exactly one is created', async (storage, all) => {
    const scene = await storeScene(storage)
    const invitation = await storeInvitation(storage, scene)
    const answers = await concurrently(all, async connection => {
      const request = signUpWith(scene, invitation)
      return { userId: request.user.id, ...(await connection.invitations.signUp(request)) }
    })
    const rule = 'An invitation makes one user'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'invalid')], [1, answers.length - 1], rule)
    const created = answers.filter(({ outcome }) => outcome === 'created').map(({ userId }) => userId)
    const { [scene.people.owner.user.id]: _, ...others } = await rolesIn(storage, scene)
    expectEqual(Object.keys(others), created, rule)
  }),
  ...(['revoke', 'decline'] as const).map(name =>
    raceCase(`race: an invitation is either accepted or ended by invitations.${name}`, async (storage, all) => {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene)
      const actor = actorOf(scene.people.owner)
      const revocation = { organizationId: scene.organization.id, invitationId: invitation.id, actor }
      const ends = {
        revoke: (connection: Storage): Outcome => connection.invitations.revoke(revocation),
        decline: (connection: Storage): Outcome =>
          connection.invitations.decline({ hash: invitation.hash, ownRoles, now: scene.now }),
      }
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index % 4 < 2
            ? connection.invitations.accept(acceptanceOf(scene, invitee, invitation))
            : ends[name](connection),
      )
      const rule = 'Exactly one call ends the invitation, and only an acceptance makes a member'
      const accepted = countOf(answers, 'accepted')
      const ended = countOf(answers, 'revoked') + countOf(answers, 'declined')
      expectEqual(accepted + ended, 1, rule)
      const refused = countOf(answers, 'invalid') + countOf(answers, 'unknownInvitation')
      expectEqual(refused, answers.length - 1, rule)
      expectEqual(Object.keys(await rolesIn(storage, scene)).length, 1 + accepted, rule)
    }),
  ),
  raceCase('race: of twenty invitations to one address exactly one is left', async (storage, all) => {
    const scene = await storeScene(storage)
    const email = randomEmail()
    const answers = await concurrently(all, async connection => {
      const invitation = randomInvitation(scene, { email })
      const request = issueOf(scene, { invitation, maximumMembers: 2 })
      return { id: invitation.id, ...(await connection.invitations.issue(request)) }
    })
    const rule = 'An organisation has one invitation to an address, and each call replaces the one before'
    expectEqual(countOf(answers, 'issued'), answers.length, rule)
    const [left = '', ...others] = await listOf(storage, scene)
    expectEqual([others, answers.filter(({ id }) => id === left).length], [[], 1], rule)
  }),
  raceCase('race: twenty invitations never exceed maximumMembers', async (storage, all) => {
    const scene = await storeScene(storage)
    const answers = await concurrently(all, connection =>
      connection.invitations.issue(issueOf(scene, { maximumMembers: 4 })),
    )
    const rule = 'The limit holds for concurrent calls'
    expectEqual([countOf(answers, 'issued'), countOf(answers, 'full')], [3, answers.length - 3], rule)
    expectEqual((await listOf(storage, scene)).length, 3, rule)
  }),
  raceCase('race: the last seat is taken once, by an acceptance or a sign-up', async (storage, all) => {
    const scene = await storeScene(storage)
    const [one, two] = [await storeInvitee(storage, scene), await storeInvitee(storage, scene)]
    const newcomers = [await storeInvitation(storage, scene), await storeInvitation(storage, scene)] as const
    const requests = [
      (connection: Storage): Outcome =>
        connection.invitations.accept(acceptanceOf(scene, one.invitee, one.invitation, { maximumMembers: 2 })),
      (connection: Storage): Outcome =>
        connection.invitations.signUp(signUpWith(scene, newcomers[0], { maximumMembers: 2 })),
      (connection: Storage): Outcome =>
        connection.invitations.accept(acceptanceOf(scene, two.invitee, two.invitation, { maximumMembers: 2 })),
      (connection: Storage): Outcome =>
        connection.invitations.signUp(signUpWith(scene, newcomers[1], { maximumMembers: 2 })),
    ] as const
    const answers = await concurrently(all, (connection, index) =>
      requests[(Math.floor(index / 2) % 4) as 0 | 1 | 2 | 3](connection),
    )
    const rule = 'An organisation never has more members than its maximum'
    expectEqual(countOf(answers, 'accepted') + countOf(answers, 'created'), 1, rule)
    expectEqual(Object.keys(await rolesIn(storage, scene)).length, 2, rule)
    expectEqual((await listOf(storage, scene)).length, 3, 'The other invitations stay')
  }),
  raceCase('race: an invitee who signs up while the address is taken has one account', async (storage, all) => {
    const scene = await storeScene(storage)
    const invitation = await storeInvitation(storage, scene)
    const { email } = invitation
    const answers = await concurrently(all, async (connection, index): Promise<{ id: string; outcome: string }> => {
      const user = randomUser({ createdAt: scene.start, email })
      if (index % 4 < 2)
        return { id: user.id, ...(await connection.invitations.signUp(signUpWith(scene, invitation, { user }))) }
      const request = { user, session: null, token: null, messages: [], messagesIfTaken: [] }
      return { id: user.id, ...(await connection.users.create(request)) }
    })
    const created = answers.filter(({ outcome }) => outcome === 'created').map(({ id }) => id)
    const rule = 'An address has one user, with or without an invitation'
    expectEqual(created, [(await storage.users.findByEmail({ email }))?.id], rule)
    const members = Object.keys(await rolesIn(storage, scene)).length
    expectEqual(members + (await listOf(storage, scene)).length, 2, 'The invitation is left unless it is accepted')
  }),
  raceCase('race: no membership that is accepted during a deletion outlives its user', async (storage, all) => {
    const scene = await storeScene(storage)
    const { invitee, invitation } = await storeInvitee(storage, scene)
    const { id: userId } = invitee.user
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 3
          ? connection.users.delete({ userId, now: scene.now })
          : connection.invitations.accept(acceptanceOf(scene, invitee, invitation)),
    )
    const rule = 'A membership either precedes the deletion and ends, or the session has ended'
    const counts = ['deleted', 'accepted', 'invalid', 'sessionEnded'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    expectEqual(await rolesIn(storage, scene), { [scene.people.owner.user.id]: 'owner' }, rule)
  }),
]
