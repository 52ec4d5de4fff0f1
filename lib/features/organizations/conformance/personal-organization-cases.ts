import type { Storage } from '../../../composition/storage.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import { minuteMilliseconds, randomSession, randomUser } from '../../../conformance/random-records.js'
import { revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { storeApiKey, storeUser } from '../../../conformance/stored-records.js'
import { signUpWith as signUpWithIdentity } from '../../providers/conformance/identity-account.js'
import { creationOf } from './create-organization-cases.js'
import { decidingMethods } from './decision-cases.js'
import {
  actorOf,
  expectNothingWritten,
  membershipOf,
  randomOrganization,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'

/** Stores a user with a personal organisation, in which their session acts. */
async function storePersonal(storage: Storage): Promise<Scene> {
  const user = randomUser()
  const { createdAt: start } = user
  const organization = randomOrganization(start, { kind: 'personal' })
  const session = randomSession(user, { organization: { id: organization.id, role: 'owner' } })
  const additions = { personalOrganization: organization }
  const answer = await storage.users.create({ ...signUpOf(user, { session }), additions })
  expectOutcome(answer, 'created', 'A user can sign up with a personal organisation')
  return { organization, people: { owner: { user, session } }, start, now: start + minuteMilliseconds }
}

const collaborating = decidingMethods.filter(({ method }) => method !== 'organizations.rename')

/** Cases for the organisation that belongs to one user. */
export const personalOrganizationCases: readonly ConformanceCase[] = [
  {
    title: 'users.create: the personal organisation is stored with the user, who owns it from their createdAt',
    async run({ storage }) {
      const scene = await storePersonal(storage)
      const { organization, people, start, now } = scene
      const { user, session } = people.owner
      const rule = 'A personal organisation is stored in the same step as its user'
      const membership = membershipOf(scene, people.owner, 'owner', start)
      const listed = await storage.organizations.list({ userId: user.id, limit: 100 })
      expectEqual(listed, [{ organization, membership }], rule)
      const members = await storage.memberships.list({ organizationId: organization.id, limit: 100 })
      expectEqual(members, [{ membership, user }], rule)
      const found = await storage.sessions.find({ sessionId: session.id, now })
      expectEqual(found, session, 'The first session may act in it')
    },
  },
  {
    title: 'users.create: a refused sign-up leaves no personal organisation',
    async run({ storage }) {
      const { email, username } = await storeUser(storage)
      for (const overrides of [{ email }, { username }]) {
        const user = randomUser(overrides)
        const personalOrganization = randomOrganization(user.createdAt, { kind: 'personal' })
        const { outcome } = await storage.users.create({ ...signUpOf(user), additions: { personalOrganization } })
        const rule = 'Additions are written only with the user'
        expectEqual(outcome === 'created', false, rule)
        const key = { organizationId: personalOrganization.id, userId: user.id }
        expectEqual(await storage.organizations.find(key), null, rule)
      }
    },
  },
  ...needing<ConformanceCase>(
    ['providers'],
    [
      {
        title: 'identities.signUp: the personal organisation is stored with the user',
        async run({ storage }) {
          const user = { ...randomUser(), passwordHash: null }
          const personalOrganization = randomOrganization(user.createdAt, { kind: 'personal' })
          const request = { ...signUpWithIdentity(user), additions: { personalOrganization } }
          expectOutcome(await storage.identities.signUp(request), 'created', 'A new identity can sign up')
          const listed = await storage.organizations.list({ userId: user.id, limit: 100 })
          const membership = { organizationId: personalOrganization.id, userId: user.id, role: 'owner' }
          const asked = [
            { organization: personalOrganization, membership: { ...membership, joinedAt: user.createdAt } },
          ]
          expectEqual(listed, asked, 'A sign-up with an identity has the additions of any other')
        },
      },
    ],
  ),
  {
    title: 'invitations.signUp: the personal organisation is stored beside the membership',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const request = signUpWith(scene, await storeInvitation(storage, scene))
      const personalOrganization = randomOrganization(scene.start, { kind: 'personal' })
      const answer = await storage.invitations.signUp({ ...request, additions: { personalOrganization } })
      expectOutcome(answer, 'created', 'A new user can accept an invitation')
      const listed = await storage.organizations.list({ userId: request.user.id, limit: 100 })
      const roles = listed.map(({ organization, membership }) => `${organization.id} ${membership.role}`)
      const asked = [`${scene.organization.id} member`, `${personalOrganization.id} owner`]
      expectEqual(sorted(roles), sorted(asked), 'A sign-up with an invitation has the additions of any other')
    },
  },
  {
    title: 'organizations.rename: a personal organisation can be renamed',
    async run({ storage }) {
      const { organization, people } = await storePersonal(storage)
      const request = { organizationId: organization.id, name: 'Mine', actor: actorOf(people.owner) }
      const answer = await storage.organizations.rename(request)
      const { organization: renamed } = expectOutcome(answer, 'renamed', 'The intention manage is allowed')
      expectEqual(renamed, { ...organization, name: 'Mine' }, 'A renamed organisation stays personal')
    },
  },
  ...collaborating.map(
    ({ method, ask }): ConformanceCase => ({
      title: `${method}: a personal organisation is personal, and nothing is written`,
      async run({ storage }) {
        const scene = await storePersonal(storage)
        const { owner } = scene.people
        const asked = { ...scene, people: { owner, member: owner } }
        const rule = 'A personal organisation has one member and stays with them'
        const attempt = () => ask(storage, asked, actorOf(owner, { atLeast: 'owner' }))
        const answer = await expectNothingWritten(storage, scene, attempt, rule)
        expectEqual(answer, { outcome: 'personal' }, rule)
      },
    }),
  ),
  {
    title: 'organizations.create: a personal organisation does not count towards maximumOwned',
    async run({ storage }) {
      const scene = await storePersonal(storage)
      const create = async () =>
        (await storage.organizations.create(creationOf(scene.people.owner, scene, { maximumOwned: 1 }))).outcome
      const rule = 'Only organisations of kind shared count'
      expectEqual([await create(), await create()], ['created', 'limitReached'], rule)
    },
  },
  {
    title: 'users.delete: the personal organisation is deleted with its user, and their keys of it',
    async run({ storage }) {
      const scene = await storePersonal(storage)
      const { organization, people, start, now } = scene
      const { id: organizationId } = organization
      const { user, session } = people.owner
      const hasKeys = hasFeature(storage, 'api-keys')
      const keys = hasKeys ? [await storeApiKey(storage, user, { organizationId })] : []
      const rule = 'A personal organisation is deleted with its user'
      const deletion = expectOutcome(await storage.users.delete({ userId: user.id, now }), 'deleted', rule)
      expectEqual(deletion.revokedSessionIds, [session.id], rule)
      expectEqual(
        deletion.deletedApiKeyIds ?? [],
        keys.map(({ id }) => id),
        rule,
      )
      expectEqual(await storage.memberships.list({ organizationId, limit: 100 }), [], rule)
      expectEqual(await storage.organizations.list({ userId: user.id, limit: 100 }), [], rule)
      const lines = await revocationsOf(storage, [session.id], start)
      const ended = lines.filter(({ kind }) => kind === 'session')
      expectEqual(ended, [sessionLine(session, now)], 'The feed has the session of the deleted user')
    },
  },
]
