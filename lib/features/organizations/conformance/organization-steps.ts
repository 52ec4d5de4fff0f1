import { hasFeature } from '../../../conformance/optional-features.js'
import { randomTime } from '../../../conformance/random-records.js'
import { outcomeOf, type StepOf } from '../../../conformance/step.js'
import { storeApiKey } from '../../../conformance/stored-records.js'
import { roleChangeOf } from './change-role-cases.js'
import { creationOf } from './create-organization-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  actorOf,
  membershipOf,
  rolesIn,
  sceneState,
  storeInvitation,
  storePerson,
  storeScene,
} from './organization-account.js'
import { switchOf } from './switch-organization-cases.js'

/** All methods that change organisations and memberships. */
export const organizationSteps: readonly StepOf[] = [
  {
    method: 'organizations.create',
    async prepare(storage) {
      const start = randomTime()
      const owner = await storePerson(storage, start)
      const request = creationOf(owner, { start, now: start })
      const { organization } = request
      return {
        attempt: storage => outcomeOf(storage.organizations.create(request)),
        first: 'created',
        again: ['created', 'rejected'],
        observe: storage => storage.organizations.list({ userId: owner.user.id, limit: 100 }),
        effect: [{ organization, membership: membershipOf({ organization }, owner, 'owner', start) }],
      }
    },
  },
  {
    method: 'organizations.rename',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { organization, people, start } = scene
      const request = { organizationId: organization.id, name: 'A new name', actor: actorOf(people.owner) }
      return {
        attempt: storage => outcomeOf(storage.organizations.rename(request)),
        first: 'renamed',
        again: ['renamed'],
        observe: storage => storage.organizations.list({ userId: people.owner.user.id, limit: 100 }),
        effect: [
          {
            organization: { ...organization, name: 'A new name' },
            membership: membershipOf(scene, people.owner, 'owner', start),
          },
        ],
      }
    },
  },
  {
    method: 'organizations.delete',
    async prepare(storage) {
      const scene = await storeScene(storage, { member: 'member' })
      const { organization, people, now } = scene
      await storeInvitation(storage, scene)
      const hasKeys = hasFeature(storage, 'api-keys')
      if (hasKeys) await storeApiKey(storage, people.member.user, { organizationId: organization.id })
      const request = { organizationId: organization.id, actor: actorOf(people.owner), now }
      return {
        attempt: storage => outcomeOf(storage.organizations.delete(request)),
        first: 'deleted',
        again: ['unknown'],
        async observe(storage) {
          const { revocations, sessions, users: _, ...state } = await sceneState(storage, scene, Object.values(people))
          return { ...state, lines: revocations.length, acting: sessions.map(session => session?.organization) }
        },
        effect: { members: [], invitations: [], organizations: [[], []], apiKeys: [], lines: 1, acting: [null, null] },
      }
    },
  },
  {
    method: 'memberships.changeRole',
    async prepare(storage) {
      const scene = await storeScene(storage, { member: 'member' })
      const { owner, member } = scene.people
      const request = roleChangeOf(scene, member, 'lead')
      return {
        attempt: storage => outcomeOf(storage.memberships.changeRole(request)),
        first: 'changed',
        again: ['changed'],
        async observe(storage) {
          const { revocations, sessions } = await sceneState(storage, scene, [member])
          return [await rolesIn(storage, scene), revocations.length, sessions[0]?.organization?.role]
        },
        effect: [{ [owner.user.id]: 'owner', [member.user.id]: 'lead' }, 1, 'lead'],
      }
    },
  },
  {
    method: 'memberships.end',
    async prepare(storage) {
      const scene = await storeScene(storage, { member: 'member' })
      const { owner, member } = scene.people
      const request = endingOf(scene, member)
      return {
        attempt: storage => outcomeOf(storage.memberships.end(request)),
        first: 'ended',
        again: ['unknownMember'],
        async observe(storage) {
          const { revocations, sessions } = await sceneState(storage, scene, [member])
          return [await rolesIn(storage, scene), revocations.length, sessions[0]?.organization]
        },
        effect: [{ [owner.user.id]: 'owner' }, 1, null],
      }
    },
  },
  {
    method: 'memberships.switch',
    async prepare(storage) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const request = switchOf(scene, owner)
      return {
        attempt: storage => outcomeOf(storage.memberships.switch(request)),
        first: 'switched',
        again: ['switched'],
        observe: async storage =>
          (await storage.sessions.find({ sessionId: owner.session.id, now: scene.now }))?.organization,
        effect: { id: scene.organization.id, role: 'owner' },
      }
    },
  },
]
