import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { Actor } from '../port.js'
import type { BuiltInRole } from '../roles.js'
import {
  actorOf,
  expectNothingWritten,
  issueOf,
  type Person,
  randomInvitation,
  type Scene,
  storeInvitation,
  storePerson,
  storeScene,
} from './organization-account.js'

type Asked = Scene<'member'>
type Outcome = Promise<{ readonly outcome: string }>

/** A method that decides by the role of the actor. */
export interface DecidingMethod {
  readonly method: string
  readonly granted: string
  /** Makes a call that succeeds if the role of the actor suffices. */
  ask(storage: Storage, scene: Asked, actor: Actor): Outcome
}

/** Every method with an actor. */
export const decidingMethods: readonly DecidingMethod[] = [
  {
    method: 'organizations.rename',
    granted: 'renamed',
    ask: ({ organizations }, { organization: { id } }, actor) =>
      organizations.rename({ organizationId: id, name: 'A new name', actor }),
  },
  {
    method: 'organizations.delete',
    granted: 'deleted',
    ask: ({ organizations }, { organization: { id }, now }, actor) =>
      organizations.delete({ organizationId: id, actor, now }),
  },
  {
    method: 'memberships.changeRole',
    granted: 'changed',
    ask: ({ memberships }, { organization: { id }, people, now }, actor) =>
      memberships.changeRole({ organizationId: id, userId: people.member.user.id, role: 'billing', actor, now }),
  },
  {
    method: 'memberships.end',
    granted: 'ended',
    ask: ({ memberships }, { organization: { id }, people, now }, actor) =>
      memberships.end({ organizationId: id, userId: people.member.user.id, actor, now }),
  },
  {
    method: 'invitations.issue',
    granted: 'issued',
    ask: ({ invitations }, scene, actor) =>
      invitations.issue(issueOf(scene, { invitation: randomInvitation(scene, { invitedBy: actor.userId }), actor })),
  },
  {
    method: 'invitations.revoke',
    granted: 'revoked',
    async ask(storage, scene, actor) {
      const [first] = await storage.invitations.list({
        organizationId: scene.organization.id,
        now: scene.now,
        limit: 1,
      })
      return storage.invitations.revoke({
        organizationId: scene.organization.id,
        invitationId: first?.id ?? randomUUID(),
        actor,
      })
    },
  },
]

interface Decision {
  /** The role of the actor. */
  readonly role: string
  readonly atLeast: BuiltInRole
  readonly isAllowed: boolean
}

/** The own role `lead` is like `admin`, `billing` is like `member`, and the application does not know `ghost`. */
const decisions: readonly Decision[] = [
  { role: 'member', atLeast: 'admin', isAllowed: false },
  { role: 'billing', atLeast: 'admin', isAllowed: false },
  { role: 'ghost', atLeast: 'admin', isAllowed: false },
  { role: 'Owner', atLeast: 'admin', isAllowed: false },
  { role: 'admin', atLeast: 'owner', isAllowed: false },
  { role: 'lead', atLeast: 'owner', isAllowed: false },
  { role: 'owner', atLeast: 'owner', isAllowed: true },
  { role: 'owner', atLeast: 'admin', isAllowed: true },
  { role: 'admin', atLeast: 'admin', isAllowed: true },
  { role: 'lead', atLeast: 'admin', isAllowed: true },
]

/** Stores an organisation with an actor of this role, another member, and an invitation. */
async function storeAsked(storage: Storage, role: string) {
  const scene = await storeScene(storage, { actor: role, member: 'member' })
  await storeInvitation(storage, scene)
  return scene
}

function casesOf({ method, granted, ask }: DecidingMethod): readonly ConformanceCase[] {
  return [
    {
      title: `${method}: a role that suffices is allowed, and a lesser one is forbidden`,
      async run({ storage }) {
        for (const { role, atLeast, isAllowed } of decisions.filter(decision => decision.isAllowed)) {
          const scene = await storeAsked(storage, role)
          const actor = actorOf(scene.people.actor, { atLeast })
          const rule = `An actor with the role ${role} may do what needs the role ${atLeast}: ${isAllowed}`
          expectEqual((await ask(storage, scene, actor)).outcome, granted, rule)
        }
        for (const { role, atLeast, isAllowed } of decisions.filter(decision => !decision.isAllowed)) {
          const scene = await storeAsked(storage, role)
          const actor = actorOf(scene.people.actor, { atLeast })
          const rule = `An actor with the role ${role} may do what needs the role ${atLeast}: ${isAllowed}`
          const answer = await expectNothingWritten(storage, scene, () => ask(storage, scene, actor), rule)
          expectEqual(answer, { outcome: 'forbidden' }, rule)
        }
      },
    },
    {
      title: `${method}: an actor who is not a member is unknown, and so is an organisation that does not exist`,
      async run({ storage }) {
        const scene = await storeAsked(storage, 'owner')
        const { owner } = await storeAsked(storage, 'owner').then(({ people }) => people)
        const stranger = await storePerson(storage, scene.start)
        const rule = 'To a user who is not a member, an organisation is unknown'
        const attempt = (person: Pick<Person, 'user'>, asked: Asked = scene) =>
          expectNothingWritten(storage, scene, () => ask(storage, asked, actorOf(person, { atLeast: 'member' })), rule)
        expectEqual(await attempt(stranger), { outcome: 'unknown' }, rule)
        expectEqual(await attempt(owner), { outcome: 'unknown' }, 'An owner of another organisation is no member here')
        const nowhere = { ...scene, organization: { ...scene.organization, id: randomUUID() } }
        expectEqual(await attempt(scene.people.owner, nowhere), { outcome: 'unknown' }, rule)
      },
    },
    {
      title: `${method}: an actor who was demoted a moment ago is forbidden, and one who was removed is unknown`,
      async run({ storage }) {
        const scene = await storeAsked(storage, 'admin')
        const { organization, people, now } = scene
        const actor = actorOf(people.actor)
        const request = { organizationId: organization.id, userId: actor.userId, actor: actorOf(people.owner), now }
        await storage.memberships.changeRole({ ...request, role: 'member' })
        const rule = 'The role counts that the actor has at that moment'
        const attempt = () => expectNothingWritten(storage, scene, () => ask(storage, scene, actor), rule)
        expectEqual(await attempt(), { outcome: 'forbidden' }, rule)
        await storage.memberships.end(request)
        expectEqual(await attempt(), { outcome: 'unknown' }, rule)
      },
    },
    {
      title: `${method}: an own role counts as the request says that it is`,
      async run({ storage }) {
        const scene = await storeAsked(storage, 'lead')
        const rule = 'An own role is like the role that the application has given it'
        const { actor } = scene.people
        for (const ownRoles of [{}, { lead: 'member' }] as const) {
          const attempt = () => ask(storage, scene, actorOf(actor, { ownRoles }))
          const answer = await expectNothingWritten(storage, scene, attempt, rule)
          expectEqual(answer, { outcome: 'forbidden' }, rule)
        }
        const { outcome } = await ask(storage, scene, actorOf(actor, { ownRoles: { lead: 'admin' } }))
        expectEqual(outcome, granted, rule)
      },
    },
  ]
}

/** Cases for methods that decide, within their step, whether the role of the actor suffices. */
export const decisionCases: readonly ConformanceCase[] = decidingMethods.flatMap(casesOf)
