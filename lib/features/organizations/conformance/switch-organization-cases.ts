import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { dayMilliseconds, hourMilliseconds } from '../../../conformance/random-records.js'
import { generationLine, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeSession } from '../../../conformance/stored-records.js'
import type { SessionRecord } from '../../../storage/records.js'
import type { SwitchOrganization } from '../port.js'
import { endingOf } from './end-membership-cases.js'
import {
  expectNothingWritten,
  type Person,
  type Scene,
  storeMember,
  storePerson,
  storeScene,
} from './organization-account.js'

/** Returns a request that lets the session of this person act in the organisation. */
export function switchOf(
  { organization, now }: Pick<Scene, 'organization' | 'now'>,
  { user, session }: Person,
  overrides: Partial<SwitchOrganization> = {},
): SwitchOrganization {
  const idleExpiresAt = now + 2 * hourMilliseconds
  return { sessionId: session.id, userId: user.id, organizationId: organization.id, idleExpiresAt, now, ...overrides }
}

/** Returns a rotation of a session with this generation. */
export function rotationWith({ id: sessionId, ip, userAgent }: SessionRecord, generation: number, now: number) {
  const wishes = { recordSuperseded: false, requireConfirmedEmail: false, ip, userAgent }
  const idleExpiresAt = now + hourMilliseconds
  return { sessionId, generation, now, graceMilliseconds: 10_000, idleExpiresAt, ...wishes }
}

async function expectFeed(storage: Storage, session: SessionRecord, generations: readonly number[], now: number) {
  const lines = await revocationsOf(storage, [session.id], session.createdAt)
  const asked = generations.map(generation => generationLine(session, generation, now))
  expectEqual(lines, asked, 'The feed has each superseded generation once')
}

/** Cases for letting a session act in another organisation. */
export const switchOrganizationCases: readonly ConformanceCase[] = [
  {
    title: 'memberships.switch: the session acts in the organisation with the role of its user, one generation higher',
    async run({ storage }) {
      for (const role of ['owner', 'lead', 'ghost']) {
        const scene = await storeScene(storage)
        const { user } = await storeMember(storage, scene, role)
        const session = await storeSession(storage, user)
        const request = switchOf(scene, { user, session })
        const organization = { id: scene.organization.id, role }
        const asked = {
          ...session,
          organization,
          generation: 1,
          rotatedAt: scene.now,
          expiresAt: request.idleExpiresAt,
        }
        const answer = await storage.memberships.switch(request)
        const rule = 'A switched session has the role of its user and its next generation'
        const stored = await storage.users.find({ userId: user.id })
        expectEqual(answer, { outcome: 'switched', user: stored, session: asked }, rule)
        expectEqual(await storage.sessions.find({ sessionId: session.id, now: scene.now }), asked, rule)
        await expectFeed(storage, session, [0], scene.now)
      }
    },
  },
  {
    title: 'memberships.switch: null lets the session act in no organisation, also twice',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { member } = scene.people
      const rule = 'A session can leave the organisation in which it acts'
      for (const generation of [1, 2]) {
        const answer = await storage.memberships.switch(switchOf(scene, member, { organizationId: null }))
        const { session } = expectOutcome(answer, 'switched', rule)
        expectEqual([session.organization, session.generation], [null, generation], rule)
      }
      const found = await storage.sessions.find({ sessionId: member.session.id, now: scene.now })
      expectEqual(found?.organization, null, rule)
      await expectFeed(storage, member.session, [0, 1], scene.now)
    },
  },
  {
    title: 'memberships.switch: only this session changes, none of the others of the user',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { member } = scene.people
      const other = await storeSession(storage, member.user)
      await storage.memberships.switch(switchOf(scene, { ...member, session: other }))
      await storage.memberships.switch(switchOf(scene, { ...member, session: other }, { organizationId: null }))
      const rule = 'A switch concerns one session'
      const find = (sessionId: string) => storage.sessions.find({ sessionId, now: scene.now })
      expectEqual(await find(member.session.id), member.session, rule)
      await expectFeed(storage, member.session, [], scene.now)
    },
  },
  {
    title: 'memberships.switch: expiresAt is limited to absoluteExpiresAt',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const { absoluteExpiresAt } = owner.session
      const request = switchOf(scene, owner, { idleExpiresAt: absoluteExpiresAt + dayMilliseconds })
      const { session } = expectOutcome(await storage.memberships.switch(request), 'switched', 'An owner is a member')
      expectEqual(session.expiresAt, absoluteExpiresAt, 'No switch prolongs a session beyond absoluteExpiresAt')
    },
  },
  {
    title: 'memberships.switch: a user who is not a member is unknown, and nothing is written',
    async run({ storage }) {
      const scene = await storeScene(storage, { former: 'admin' })
      const { former, owner } = scene.people
      const stranger = await storePerson(storage, scene.start)
      await storage.memberships.end(endingOf(scene, former))
      const nowhere = { ...scene, organization: { ...scene.organization, id: randomUUID() } }
      const rule = 'Only a session of a member acts in an organisation'
      for (const [asked, person] of [
        [scene, former],
        [scene, stranger],
        [nowhere, owner],
      ] as const) {
        const attempt = () => storage.memberships.switch(switchOf(asked, person))
        const answer = await expectNothingWritten(storage, scene, attempt, rule, [stranger])
        expectEqual(answer, { outcome: 'unknown' }, rule)
      }
    },
  },
  {
    title: 'memberships.switch: an ended, an expired and another user’s session are sessionEnded, before unknown',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { owner, member } = scene.people
      const stranger = await storePerson(storage, scene.start)
      const expired = await storeSession(storage, owner.user, { expiresAt: scene.now })
      const rule = 'A session that is not a live session of the user switches to no organisation'
      for (const session of [expired, member.session, { ...expired, id: randomUUID() }]) {
        for (const person of [
          { ...owner, session },
          { ...stranger, session },
        ]) {
          for (const organizationId of [scene.organization.id, null]) {
            const attempt = () => storage.memberships.switch(switchOf(scene, person, { organizationId }))
            const answer = await expectNothingWritten(storage, scene, attempt, rule, [stranger])
            expectEqual(answer, { outcome: 'sessionEnded' }, rule)
          }
        }
      }
    },
  },
  {
    title: 'memberships.switch: the former refresh token is repeated within the grace time, and reused after it',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { owner } = scene.people
      const { now } = scene
      await storage.memberships.switch(switchOf(scene, owner))
      const rotate = (later: number) => storage.sessions.rotate(rotationWith(owner.session, 0, now + later))
      const rule = 'A client that did not receive the answer to a switch gets the same session'
      const repeated = expectOutcome(await rotate(10_000), 'repeated', rule)
      const organization = { id: scene.organization.id, role: 'owner' }
      expectEqual([repeated.session.generation, repeated.session.organization], [1, organization], rule)
      expectEqual((await rotate(10_001)).outcome, 'reused', 'After the grace time, the former token is a copy')
    },
  },
]
