import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { apiKeysOf } from '../../../conformance/account-state.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
import {
  hourMilliseconds,
  minuteMilliseconds,
  randomEmail,
  randomMessage,
  randomSession,
  randomTime,
  randomTokenHash,
  randomUser,
  randomWord,
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { revocationsOf } from '../../../conformance/revocation-feed.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import type { EpochMilliseconds, OutboxMessageRecord, SessionRecord } from '../../../storage/records.js'
import type {
  Actor,
  InvitationRecord,
  IssueInvitation,
  MembershipRecord,
  OrganizationRecord,
  SignUpWithInvitation,
} from '../port.js'
import type { OwnRoles } from '../roles.js'

/** The own roles of the application in these cases: one like an administrator, one like a member. */
export const ownRoles: OwnRoles = { lead: 'admin', billing: 'member' }

/** A user with a live session. */
export interface Person {
  readonly user: UserWithPassword
  readonly session: SessionRecord
}

/** An organisation with its people, by name. All of them exist since `start`. */
export interface Scene<Name extends string = never> {
  readonly organization: OrganizationRecord
  readonly people: Readonly<Record<Name | 'owner', Person>>
  readonly start: EpochMilliseconds
  readonly now: EpochMilliseconds
}

/** Returns an organisation of several users. */
export function randomOrganization(
  createdAt: EpochMilliseconds,
  overrides: Partial<OrganizationRecord> = {},
): OrganizationRecord {
  return { id: randomUUID(), name: `organisation ${randomWord()}`, kind: 'shared', createdAt, ...overrides }
}

/** Stores a user with a session that acts in no organisation. */
export async function storePerson(storage: Storage, createdAt: EpochMilliseconds): Promise<Person> {
  const user = randomUser({ createdAt })
  const session = randomSession(user)
  const answer = await storage.users.create(signUpOf(user, { session }))
  expectOutcome(answer, 'created', 'A new address can sign up')
  return { user, session }
}

/** Returns an actor who needs the role of an administrator. */
export function actorOf({ user }: Pick<Person, 'user'>, overrides: Partial<Actor> = {}): Actor {
  return { userId: user.id, atLeast: 'admin', ownRoles, ...overrides }
}

/** Returns an invitation from the owner that expires an hour after the setup’s `now`. */
export function randomInvitation(
  { organization, people: { owner }, start, now }: Scene,
  overrides: Partial<InvitationRecord> = {},
): InvitationRecord {
  return {
    id: randomUUID(),
    organizationId: organization.id,
    email: randomEmail(),
    role: 'member',
    hash: randomTokenHash(),
    invitedBy: owner.user.id,
    createdAt: start,
    expiresAt: now + hourMilliseconds,
    ...overrides,
  }
}

/** Returns a request of the owner that stores an invitation. */
export function issueOf(scene: Scene, overrides: Partial<IssueInvitation> = {}): IssueInvitation {
  const actor = actorOf(scene.people.owner)
  return { invitation: randomInvitation(scene), maximumMembers: 100, actor, messages: [], ...overrides }
}

export async function storeInvitation(
  storage: Storage,
  scene: Scene,
  overrides: Partial<InvitationRecord> = {},
): Promise<InvitationRecord> {
  const invitation = randomInvitation(scene, overrides)
  const actor = actorOf({ user: { ...scene.people.owner.user, id: invitation.invitedBy } })
  const answer = await storage.invitations.issue(issueOf(scene, { invitation, actor }))
  expectOutcome(answer, 'issued', 'An invitation below the limit is stored')
  return invitation
}

/** A sign-up with a password and a session. */
export interface InvitedSignUpRequest extends SignUpWithInvitation {
  readonly user: UserWithPassword
  readonly session: SessionRecord
}

/** Returns the sign-up of a new user who accepts the invitation, with a session that acts in the organisation. */
export function signUpWith(
  { start }: Pick<Scene, 'start'>,
  { organizationId, email, hash, role }: InvitationRecord,
  overrides: Partial<InvitedSignUpRequest> = {},
): InvitedSignUpRequest {
  const { user = randomUser({ createdAt: start, email }) } = overrides
  const session = randomSession(user, { organization: { id: organizationId, role } })
  const invitation = { hash, ownRoles, now: start }
  return { ...signUpOf(user), user, session, invitation, maximumMembers: 100, ...overrides }
}

/** Adds a new user to the organisation, with a session that acts in it. */
export async function storeMember(storage: Storage, scene: Scene, role: string): Promise<Person> {
  const { user, session, ...request } = signUpWith(scene, await storeInvitation(storage, scene, { role }))
  const answer = await storage.invitations.signUp({ user, session, ...request })
  expectOutcome(answer, 'created', 'A new user can accept an invitation')
  return { user, session }
}

/** Stores an organisation of this person. */
export async function storeOrganizationOf(
  storage: Storage,
  owner: Person,
  { start, now }: Pick<Scene, 'start' | 'now'>,
  overrides: Partial<OrganizationRecord> = {},
): Promise<Scene> {
  const organization = randomOrganization(start, overrides)
  const asking = { sessionId: owner.session.id, now }
  const request = { organization, userId: owner.user.id, maximumOwned: 100, asking }
  expectOutcome(await storage.organizations.create(request), 'created', 'A user below the limit gets an organisation')
  return { organization, people: { owner }, start, now }
}

/** Stores an organisation with an owner and members with these roles. */
export async function storeScene<Name extends string = never>(
  storage: Storage,
  roles: Readonly<Record<Name, string>> = {} as Readonly<Record<Name, string>>,
  start: EpochMilliseconds = randomTime(),
): Promise<Scene<Name>> {
  const times = { start, now: start + minuteMilliseconds }
  const scene = await storeOrganizationOf(storage, await storePerson(storage, start), times)
  const people: Record<string, Person> = { ...scene.people }
  for (const [name, role] of Object.entries<string>(roles)) people[name] = await storeMember(storage, scene, role)
  return { ...scene, people: people as Scene<Name>['people'] }
}

export function membershipOf(
  { organization: { id: organizationId } }: Pick<Scene, 'organization'>,
  { user: { id: userId } }: Pick<Person, 'user'>,
  role: string,
  joinedAt: EpochMilliseconds,
): MembershipRecord {
  return { organizationId, userId, role, joinedAt }
}

/** Returns the members of the organisation with their roles, by the id of the user. */
export async function rolesIn(
  { memberships }: Storage,
  { organization }: Pick<Scene, 'organization'>,
): Promise<Readonly<Record<string, string>>> {
  const members = await memberships.list({ organizationId: organization.id, limit: 100 })
  return Object.fromEntries(members.map(({ membership }) => [membership.userId, membership.role]))
}

/** Returns everything that the port shows about an organisation and these people. */
export async function sceneState(
  storage: Storage,
  { organization: { id: organizationId }, start, now }: Pick<Scene, 'organization' | 'start' | 'now'>,
  people: readonly Person[],
) {
  const { users, sessions, organizations, memberships, invitations } = storage
  const userIds = people.map(({ user }) => user.id)
  const sessionIds = people.map(({ session }) => session.id)
  const apiKeys = (await Promise.all(userIds.map(userId => apiKeysOf(storage, userId)))).flat()
  const ids = [...sessionIds, ...apiKeys.map(({ id }) => id)]
  return {
    members: await memberships.list({ organizationId, limit: 100 }),
    invitations: await invitations.list({ organizationId, now: start, limit: 100 }),
    organizations: await Promise.all(userIds.map(userId => organizations.list({ userId, limit: 100 }))),
    users: await Promise.all(userIds.map(userId => users.find({ userId }))),
    sessions: await Promise.all(sessionIds.map(sessionId => sessions.find({ sessionId, now }))),
    apiKeys,
    revocations: await revocationsOf(storage, ids, start),
  }
}

/** Runs calls that must be refused, then checks that no visible record of the setup and of these people has changed. */
export async function expectNothingWritten<Answer>(
  storage: Storage,
  scene: Scene,
  refuse: () => Promise<Answer>,
  rule: string,
  others: readonly Person[] = [],
): Promise<Answer> {
  const people = [...Object.values(scene.people), ...others]
  const before = await sceneState(storage, scene, people)
  const answer = await refuse()
  const after = await sceneState(storage, scene, people)
  for (const [part, value] of Object.entries(before))
    expectEqual(after[part as keyof typeof after], value, `${rule}, and nothing is written (${part})`)
  return answer
}

/** Returns messages that are due at the setup’s `now`: one about this person, and one about no user. None without an outbox. */
export function mailOf(storage: Storage, { now }: Pick<Scene, 'now'>, { user }: Person): OutboxMessageRecord[] {
  if (!hasFeature(storage, 'email')) return []
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}
