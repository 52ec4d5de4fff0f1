import { randomUUID } from 'node:crypto'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, expectRejection } from '../../../conformance/contract.js'
import { minuteMilliseconds, randomTime } from '../../../conformance/random-records.js'
import type { CreateOrganization } from '../port.js'
import {
  actorOf,
  expectNothingWritten,
  membershipOf,
  type Person,
  randomOrganization,
  type Scene,
  storeMember,
  storeOrganizationOf,
  storePerson,
  storeScene,
} from './organization-account.js'

/** Returns a request that stores another organisation of this person. */
export function creationOf(
  { user, session }: Person,
  { start, now }: Pick<Scene, 'start' | 'now'>,
  overrides: Partial<CreateOrganization> = {},
): CreateOrganization {
  const asking = { sessionId: session.id, now }
  return { organization: randomOrganization(start), userId: user.id, maximumOwned: 100, asking, ...overrides }
}

/** Cases for storing and finding organisations. */
export const createOrganizationCases: readonly ConformanceCase[] = [
  {
    title: 'organizations.create: the organisation is stored with its owner, who joins at createdAt',
    async run({ storage }) {
      const start = randomTime()
      const times = { start, now: start + minuteMilliseconds }
      const owner = await storePerson(storage, start)
      const organization = randomOrganization(start + 17)
      const answer = await storage.organizations.create(creationOf(owner, times, { organization }))
      const rule = 'The first owner joins the organisation when it is created'
      expectEqual(answer, { outcome: 'created' }, rule)
      const membership = membershipOf({ organization }, owner, 'owner', start + 17)
      const { id: organizationId } = organization
      const found = await storage.organizations.find({ organizationId, userId: owner.user.id })
      expectEqual(found, { organization, membership }, rule)
      const members = await storage.memberships.list({ organizationId, limit: 100 })
      expectEqual(members, [{ membership, user: owner.user }], rule)
    },
  },
  {
    title: 'organizations.create: the session of the owner acts where it did before',
    async run({ storage }) {
      const { people, now } = await storeScene(storage)
      const { session } = people.owner
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, session, 'Only a switch lets a session act in another organisation')
    },
  },
  {
    title: 'organizations.create: a user who owns maximumOwned organisations is limitReached, and nothing is written',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      await storeOrganizationOf(storage, owner, scene)
      for (const maximumOwned of [2, 1]) {
        const request = creationOf(owner, scene, { maximumOwned })
        const rule = `A user who owns two organisations gets none beyond a maximum of ${maximumOwned}`
        const answer = await expectNothingWritten(storage, scene, () => storage.organizations.create(request), rule)
        expectEqual(answer, { outcome: 'limitReached' }, rule)
        const key = { organizationId: request.organization.id, userId: owner.user.id }
        expectEqual(await storage.organizations.find(key), null, rule)
      }
      const { outcome } = await storage.organizations.create(creationOf(owner, scene, { maximumOwned: 3 }))
      expectEqual(outcome, 'created', 'The maximum includes the new organisation')
    },
  },
  {
    title: 'organizations.create: only organisations that the user owns count towards maximumOwned',
    async run({ storage }) {
      const scene = await storeScene(storage, { admin: 'admin', coOwner: 'owner' })
      const { admin, coOwner } = scene.people
      const create = async (person: Person) =>
        (await storage.organizations.create(creationOf(person, scene, { maximumOwned: 1 }))).outcome
      expectEqual(await create(admin), 'created', 'An organisation in which the user has a lesser role does not count')
      expectEqual(await create(coOwner), 'limitReached', 'An organisation that the user has come to own counts')
    },
  },
  {
    title: 'organizations.create: an organisation that the user has left or deleted does not count',
    async run({ storage }) {
      const scene = await storeScene(storage, { other: 'owner' })
      const { owner, other } = scene.people
      const { id: organizationId } = scene.organization
      const { now } = scene
      const left = await storage.memberships.end({ organizationId, userId: other.user.id, actor: actorOf(other), now })
      expectOutcome(left, 'ended', 'One of two owners can leave')
      await storage.organizations.delete({ organizationId, actor: actorOf(owner), now })
      for (const person of [owner, other]) {
        const { outcome } = await storage.organizations.create(creationOf(person, scene, { maximumOwned: 1 }))
        expectEqual(outcome, 'created', 'Only organisations that the user owns at that moment count')
      }
    },
  },
  {
    title: 'organizations.create: sessionEnded comes before limitReached',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const asking = { sessionId: randomUUID(), now: scene.now }
      const request = creationOf(scene.people.owner, scene, { maximumOwned: 1, asking })
      const { outcome } = await storage.organizations.create(request)
      expectEqual(outcome, 'sessionEnded', 'If several outcomes apply, sessionEnded takes precedence')
    },
  },
  {
    title: 'organizations.create: an id that another organisation has is rejected, and that organisation stays',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'admin' })
      const { id } = scene.organization
      const organization = randomOrganization(scene.now, { id })
      const stranger = await storePerson(storage, scene.start)
      const rule = 'An organisation is created once'
      for (const person of [stranger, scene.people.member, scene.people.owner]) {
        const request = creationOf(person, scene, { organization })
        const attempt = () => expectRejection(storage.organizations.create(request), rule)
        await expectNothingWritten(storage, scene, attempt, rule, [stranger])
      }
      const ended = creationOf(stranger, scene, { organization, asking: { sessionId: randomUUID(), now: scene.now } })
      const { outcome } = await storage.organizations.create(ended)
      expectEqual(outcome, 'sessionEnded', 'The requesting session is checked first')
    },
  },
  {
    title: 'organizations.find: only a member finds the organisation, with their own membership',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'billing' })
      const { organization, people, start, now } = scene
      const { id: organizationId } = organization
      const stranger = await storePerson(storage, start)
      const find = ({ user }: Person) => storage.organizations.find({ organizationId, userId: user.id })
      const rule = 'A member finds the organisation, and another user finds none'
      const membership = membershipOf(scene, people.member, 'billing', start)
      expectEqual(await find(people.member), { organization, membership }, rule)
      expectEqual(await find(stranger), null, rule)
      const userId = people.owner.user.id
      expectEqual(await storage.organizations.find({ organizationId: randomUUID(), userId }), null, rule)
      const { id } = people.member.user
      await storage.memberships.end({ organizationId, userId: id, actor: actorOf(people.owner), now })
      expectEqual(await find(people.member), null, 'A former member finds the organisation no longer')
    },
  },
  {
    title: 'memberships.list: a second member joins at the createdAt of their account, and the owner stays',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const newcomer = await storeMember(storage, scene, 'admin')
      const members = await storage.memberships.list({ organizationId: scene.organization.id, limit: 100 })
      const asked = [
        { membership: membershipOf(scene, scene.people.owner, 'owner', scene.start), user: scene.people.owner.user },
        { membership: membershipOf(scene, newcomer, 'admin', scene.start), user: newcomer.user },
      ].sort((one, other) => (one.user.id < other.user.id ? -1 : 1))
      const withoutConfirmation = members.map(({ membership, user }) => ({
        membership,
        user: { ...user, emailConfirmedAt: null },
      }))
      expectEqual(withoutConfirmation, asked, 'A new member changes nothing about the others')
    },
  },
]
