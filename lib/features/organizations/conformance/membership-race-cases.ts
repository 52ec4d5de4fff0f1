import type { Storage } from '../../../composition/storage.js'
import { apiKeysOf } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, sorted } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase, racers } from '../../../conformance/race.js'
import { randomApiKey } from '../../../conformance/random-records.js'
import { apiKeyLine, generationLine, inFeedOrder, revocationsOf } from '../../../conformance/revocation-feed.js'
import { acceptanceOf, storeInvitee } from './accept-invitation-cases.js'
import { roleChangeOf } from './change-role-cases.js'
import { creationOf } from './create-organization-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  actorOf,
  type InvitedSignUpRequest,
  rolesIn,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'
import { rotationWith, switchOf } from './switch-organization-cases.js'

type Outcome = Promise<{ readonly outcome: string }>

const deletionOf = ({ organization, people, now }: Scene) => ({
  organizationId: organization.id,
  actor: actorOf(people.owner),
  now,
})

/** Creates a key of the organisation for this user. Returns its id with the outcome. */
async function createKey({ apiKeys }: Storage, { organization, people }: Scene<'member'>) {
  const apiKey = randomApiKey(people.member.user, { organizationId: organization.id })
  return { apiKey, ...(await apiKeys.create({ apiKey, maximumPerUser: 100 })) }
}

const sessionRaceCases: readonly ConformanceCase[] = [
  raceCase(
    'race: a session that is rotated while the role changes has the new role afterwards',
    async (storage, all) => {
      const scene = await storeScene(storage, { member: 'member' })
      const { session } = scene.people.member
      const answers = await concurrently(all, async (connection, index) => {
        if (index !== 7) return connection.sessions.rotate(rotationWith(session, 0, scene.now))
        return connection.memberships.changeRole(roleChangeOf(scene, scene.people.member, 'lead'))
      })
      const rule = 'The session has the new role, and no access token with the former one outlives the change'
      const counts = ['changed', 'rotated', 'repeated'].map(outcome => countOf(answers, outcome))
      expectEqual(counts, [1, 1, answers.length - 2], rule)
      const found = await storage.sessions.find({ sessionId: session.id, now: scene.now })
      const organization = { id: scene.organization.id, role: 'lead' }
      expectEqual([found?.generation, found?.organization], [1, organization], rule)
      const lines = await revocationsOf(storage, [session.id], scene.start)
      const newest = Math.max(...lines.map(({ generation }) => Number(generation)))
      const former = answers.filter(
        answer =>
          'session' in answer && answer.session.organization?.role === 'member' && answer.session.generation > newest,
      )
      expectEqual([lines.length, former], [1, []], rule)
    },
  ),
  raceCase('race: a session that is rotated while it is switched acts in the organisation', async (storage, all) => {
    const scene = await storeScene(storage)
    const { owner } = scene.people
    const { session } = owner
    const answers = await concurrently(all, async (connection, index): Outcome => {
      if (index === 7) return connection.memberships.switch(switchOf(scene, owner))
      if (index === 8) return connection.sessions.rotate(rotationWith(session, 0, scene.now))
      const found = await connection.sessions.find({ sessionId: session.id, now: scene.now })
      return { outcome: String(found?.id) }
    })
    const rule = 'A rotation does not undo a switch'
    const counts = ['switched', session.id].map(outcome => countOf(answers, outcome))
    expectEqual(counts, [1, answers.length - 2], rule)
    const found = await storage.sessions.find({ sessionId: session.id, now: scene.now })
    expectEqual(found?.organization, { id: scene.organization.id, role: 'owner' }, rule)
    expectEqual(found?.generation, 1 + countOf(answers, 'rotated'), rule)
  }),
  raceCase('race: no session that is switched during a removal acts in the organisation', async (storage, all) => {
    const scene = await storeScene(storage, { member: 'member' })
    const { member } = scene.people
    const { session } = member
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.memberships.end(endingOf(scene, member))
          : connection.memberships.switch(switchOf(scene, member)),
    )
    const rule = 'A switch either precedes the removal and is undone, or follows it and is unknown'
    const counts = ['ended', 'switched', 'unknown'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    const switched = countOf(answers, 'switched')
    const found = await storage.sessions.find({ sessionId: session.id, now: scene.now })
    expectEqual([found?.generation, found?.organization], [switched, null], rule)
    const asked = Array.from({ length: switched + 1 }, (_, generation) =>
      generationLine(session, generation, scene.now),
    )
    const lines = await revocationsOf(storage, [session.id], scene.start)
    expectEqual(lines, inFeedOrder(asked), 'The feed has every generation that named the organisation')
  }),
  raceCase('race: a member whose role changes during the removal is removed', async (storage, all) => {
    const scene = await storeScene(storage, { member: 'member' })
    const { member, owner } = scene.people
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.memberships.end(endingOf(scene, member))
          : connection.memberships.changeRole(roleChangeOf(scene, member, 'lead')),
    )
    const rule = 'A change either precedes the removal, or follows it and is unknownMember'
    const counts = ['ended', 'changed', 'unknownMember'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    expectEqual(await rolesIn(storage, scene), { [owner.user.id]: 'owner' }, rule)
    const found = await storage.sessions.find({ sessionId: member.session.id, now: scene.now })
    expectEqual(found?.organization, null, rule)
  }),
]

const keyRaceCases: readonly ConformanceCase[] = needing<ConformanceCase>(
  ['api-keys'],
  [
    raceCase('race: no key that is created during a removal outlives the membership', async (storage, all) => {
      const scene = await storeScene(storage, { member: 'member' })
      const { member } = scene.people
      const answers = await concurrently(all, async (connection, index) =>
        index === 7
          ? { apiKeyIds: [], ...(await connection.memberships.end(endingOf(scene, member))) }
          : createKey(connection, scene),
      )
      const rule = 'A key either precedes the removal and is removed, or follows it and is refused'
      const counts = ['ended', 'created', 'unknownOrganization'].map(outcome => countOf(answers, outcome))
      expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
      const created = answers.flatMap(one => ('apiKey' in one && one.outcome === 'created' ? [one.apiKey] : []))
      const ended = answers.flatMap(one => ('apiKeyIds' in one ? one.apiKeyIds : []))
      expectEqual(sorted(ended), sorted(created.map(({ id }) => id)), rule)
      expectEqual(await apiKeysOf(storage, member.user.id), [], rule)
      const lines = await revocationsOf(storage, ended, scene.start)
      expectEqual(lines, inFeedOrder(created.map(apiKey => apiKeyLine(apiKey, scene.now))), rule)
    }),
    raceCase('race: no key that is created during its deletion outlives the organisation', async (storage, all) => {
      const scene = await storeScene(storage, { member: 'member' })
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index === 7 ? connection.organizations.delete(deletionOf(scene)) : createKey(connection, scene),
      )
      const rule = 'A key either precedes the deletion and is removed, or follows it and is refused'
      const counts = ['deleted', 'created', 'unknownOrganization'].map(outcome => countOf(answers, outcome))
      expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
      expectEqual(await apiKeysOf(storage, scene.people.member.user.id), [], rule)
    }),
  ],
)

const organizationRaceCases: readonly ConformanceCase[] = [
  raceCase('race: twenty new organisations never exceed maximumOwned', async (storage, all) => {
    const scene = await storeScene(storage)
    const { owner } = scene.people
    const answers = await concurrently(all, connection =>
      connection.organizations.create(creationOf(owner, scene, { maximumOwned: 4 })),
    )
    const rule = 'The limit holds for concurrent calls'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'limitReached')], [3, answers.length - 3], rule)
    const listed = await storage.organizations.list({ userId: owner.user.id, limit: 100 })
    expectEqual(listed.length, 4, rule)
  }),
  raceCase('race: no session that is switched during its deletion acts in the organisation', async (storage, all) => {
    const scene = await storeScene(storage, { member: 'member' })
    const { member } = scene.people
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.organizations.delete(deletionOf(scene))
          : connection.memberships.switch(switchOf(scene, member)),
    )
    const rule = 'A switch either precedes the deletion and is undone, or follows it and is unknown'
    const counts = ['deleted', 'switched', 'unknown'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    const found = await storage.sessions.find({ sessionId: member.session.id, now: scene.now })
    expectEqual([found?.generation, found?.organization], [countOf(answers, 'switched'), null], rule)
  }),
  raceCase(
    'race: an invitation that is accepted during the deletion of the organisation makes no member',
    async (storage, all) => {
      const scene = await storeScene(storage)
      const { invitee, invitation } = await storeInvitee(storage, scene)
      const answers = await concurrently(
        all,
        (connection, index): Outcome =>
          index === 2
            ? connection.organizations.delete(deletionOf(scene))
            : connection.invitations.accept(acceptanceOf(scene, invitee, invitation)),
      )
      const rule = 'An acceptance either precedes the deletion and ends with it, or follows it and is invalid'
      const counts = ['deleted', 'accepted', 'invalid'].map(outcome => countOf(answers, outcome))
      expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
      expectEqual(await rolesIn(storage, scene), {}, rule)
      const found = await storage.sessions.find({ sessionId: invitee.session.id, now: scene.now })
      expectEqual([found?.generation, found?.organization], [countOf(answers, 'accepted'), null], rule)
    },
  ),
  raceCase(
    'race: no session of an invited sign-up acts in an organisation that is deleted meanwhile',
    async (storage, all) => {
      const scene = await storeScene(storage)
      const requests: InvitedSignUpRequest[] = []
      for (let index = 0; index < racers; index++)
        requests.push(signUpWith(scene, await storeInvitation(storage, scene)))
      const answers = await concurrently(all, async (connection, index) => {
        const request = requests[index] as InvitedSignUpRequest
        if (index === 7) return { session: null, ...(await connection.organizations.delete(deletionOf(scene))) }
        return { session: request.session, ...(await connection.invitations.signUp(request)) }
      })
      const rule = 'A sign-up either precedes the deletion and loses the organisation, or follows it and is invalid'
      const counts = ['deleted', 'created', 'invalid'].map(outcome => countOf(answers, outcome))
      expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
      expectEqual(await rolesIn(storage, scene), {}, rule)
      for (const { session } of answers.filter(({ outcome }) => outcome === 'created')) {
        const found = await storage.sessions.find({ sessionId: String(session?.id), now: scene.now })
        expectEqual(found, { ...session, organization: null }, rule)
      }
    },
  ),
]

/** Cases for memberships and organisations that change during other calls. */
export const membershipRaceCases: readonly ConformanceCase[] = [
  ...sessionRaceCases,
  ...keyRaceCases,
  ...organizationRaceCases,
]
