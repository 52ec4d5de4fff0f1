import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomEmail } from '../../../conformance/random-records.js'
import { expectWaiting } from '../../../conformance/waiting-messages.js'
import {
  actorOf,
  expectNothingWritten,
  issueOf,
  mailOf,
  ownRoles,
  randomInvitation,
  storeInvitation,
  storeScene,
} from './organization-account.js'

/** Roles that an actor may give, and roles above their own. */
const grants = [
  ['owner', ['owner', 'admin', 'lead', 'member', 'billing', 'ghost'], []],
  ['admin', ['admin', 'member', 'billing'], ['owner', 'lead']],
  ['lead', ['admin', 'lead', 'member'], ['owner']],
] as const

/** Cases for storing invitations. */
export const issueInvitationCases: readonly ConformanceCase[] = [
  {
    title: 'invitations.issue: the invitation is stored as given, and found with its organisation',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { organization, now } = scene
      const invitation = randomInvitation(scene, { role: 'billing' })
      const rule = 'An invitation comes back as written'
      expectEqual(await storage.invitations.issue(issueOf(scene, { invitation })), { outcome: 'issued' }, rule)
      const found = await storage.invitations.find({ hash: invitation.hash, ownRoles, now })
      expectEqual(found, { invitation, organization }, rule)
      const list = await storage.invitations.list({ organizationId: organization.id, now, limit: 100 })
      expectEqual(list, [invitation], rule)
    },
  },
  {
    title: 'invitations.issue: an actor gives every role up to their own, and none above it',
    async run({ storage }) {
      for (const [role, allowed, refused] of grants) {
        const scene = await storeScene(storage, { actor: role })
        const { actor } = scene.people
        const requestOf = (given: string) => {
          const invitation = randomInvitation(scene, { role: given, invitedBy: actor.user.id })
          return issueOf(scene, { invitation, actor: actorOf(actor) })
        }
        for (const given of allowed) {
          const rule = `An actor with the role ${role} may invite with the role ${given}`
          expectEqual(await storage.invitations.issue(requestOf(given)), { outcome: 'issued' }, rule)
        }
        for (const given of refused) {
          const rule = `An actor with the role ${role} may not invite with the role ${given}`
          const attempt = () => storage.invitations.issue(requestOf(given))
          expectEqual(await expectNothingWritten(storage, scene, attempt, rule), { outcome: 'forbidden' }, rule)
        }
      }
    },
  },
  {
    title: 'invitations.issue: a second invitation to the same address replaces the first, only in its organisation',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, {}, scene.start)
      const email = randomEmail()
      const first = await storeInvitation(storage, scene, { email })
      const other = await storeInvitation(storage, elsewhere, { email })
      const kept = await storeInvitation(storage, scene)
      const second = await storeInvitation(storage, scene, { email, role: 'admin' })
      const { now } = scene
      const list = async (organizationId: string) =>
        (await storage.invitations.list({ organizationId, now, limit: 100 })).map(({ id }) => id).sort()
      const rule = 'An organisation has one invitation to an address'
      expectEqual(await list(scene.organization.id), [kept.id, second.id].sort(), rule)
      expectEqual(await storage.invitations.find({ hash: first.hash, ownRoles, now }), null, rule)
      expectEqual(await list(elsewhere.organization.id), [other.id], rule)
    },
  },
  {
    title: 'invitations.issue: addresses are compared byte for byte',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const email = randomEmail()
      const addresses = [
        email,
        email.toUpperCase(),
        `${email} `,
        email.replace('e', 'é'),
        email.replace('e', 'e\u0301'),
      ]
      for (const one of addresses) await storeInvitation(storage, scene, { email: one })
      const list = await storage.invitations.list({ organizationId: scene.organization.id, now: scene.now, limit: 100 })
      const rule = 'An invitation replaces only one to exactly the same address'
      expectEqual(list.map(invitation => invitation.email).sort(), addresses.sort(), rule)
    },
  },
  {
    title: 'invitations.issue: members and waiting invitations count, and an organisation without a seat is full',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const { email } = await storeInvitation(storage, scene)
      const rule = 'Two members and an invitation take three seats'
      for (const maximumMembers of [3, 2, 1]) {
        const request = issueOf(scene, { maximumMembers })
        const attempt = () => storage.invitations.issue(request)
        expectEqual(await expectNothingWritten(storage, scene, attempt, rule), { outcome: 'full' }, rule)
      }
      const again = issueOf(scene, { invitation: randomInvitation(scene, { email }), maximumMembers: 3 })
      const answer = await storage.invitations.issue(again)
      expectEqual(answer, { outcome: 'issued' }, 'An earlier invitation to the same address does not count')
      const { outcome } = await storage.invitations.issue(issueOf(scene, { maximumMembers: 4 }))
      expectEqual(outcome, 'issued', 'A fourth seat is free')
    },
  },
  {
    title:
      'invitations.issue: an invitation that expires at exactly createdAt takes no seat, one a millisecond later does',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const { now } = scene
      await storeInvitation(storage, scene, { expiresAt: now })
      const issueAt = async (createdAt: number) => {
        const invitation = randomInvitation(scene, { createdAt })
        return (await storage.invitations.issue(issueOf(scene, { invitation, maximumMembers: 2 }))).outcome
      }
      const rule = 'Invitations that have not expired take a seat'
      expectEqual([await issueAt(now - 1), await issueAt(now)], ['full', 'issued'], rule)
    },
  },
  {
    title: 'invitations.issue: members and invitations of other organisations take no seat',
    async run({ storage }) {
      const elsewhere = await storeScene(storage, { member: 'member' })
      await storeInvitation(storage, elsewhere)
      const scene = await storeScene(storage, {}, elsewhere.start)
      const { outcome } = await storage.invitations.issue(issueOf(scene, { maximumMembers: 2 }))
      expectEqual(outcome, 'issued', 'Each organisation has its own seats')
    },
  },
  {
    title: 'invitations.issue: forbidden comes before full',
    async run({ storage }) {
      const scene = await storeScene(storage, { member: 'member' })
      const request = issueOf(scene, { maximumMembers: 1, actor: actorOf(scene.people.member) })
      const { outcome } = await storage.invitations.issue(request)
      expectEqual(outcome, 'forbidden', 'If several outcomes apply, the decision about the role takes precedence')
    },
  },
  {
    title: 'invitations.issue: a hash that another invitation has is rejected, and nothing is written',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, {}, scene.start)
      const { hash } = await storeInvitation(storage, elsewhere)
      const rule = 'A token belongs to one invitation'
      const request = issueOf(scene, { invitation: randomInvitation(scene, { hash }) })
      const attempt = () => expectRejection(storage.invitations.issue(request), rule)
      await expectNothingWritten(storage, scene, attempt, rule)
      const found = await storage.invitations.find({ hash, ownRoles, now: scene.now })
      expectEqual(found?.organization, elsewhere.organization, rule)
    },
  },
  {
    title: 'invitations.issue: an id that another invitation has is rejected, and nothing is written',
    async run({ storage }) {
      const scene = await storeScene(storage)
      const elsewhere = await storeScene(storage, {}, scene.start)
      const rule = 'An id belongs to one invitation'
      for (const other of [scene, elsewhere]) {
        const { id, hash } = await storeInvitation(storage, other)
        const request = issueOf(scene, { invitation: randomInvitation(scene, { id }) })
        const attempt = () => expectRejection(storage.invitations.issue(request), rule)
        await expectNothingWritten(storage, scene, attempt, rule)
        const found = await storage.invitations.find({ hash, ownRoles, now: scene.now })
        expectEqual(found?.organization, other.organization, rule)
      }
      const { id, email } = await storeInvitation(storage, scene)
      const again = issueOf(scene, { invitation: randomInvitation(scene, { id, email }) })
      const { outcome } = await storage.invitations.issue(again)
      expectEqual(outcome, 'issued', 'An invitation may have the id of the one that it replaces')
      const removed = await storeInvitation(storage, elsewhere)
      await storage.invitations.decline({ hash: removed.hash, ownRoles, now: scene.now })
      const renewed = issueOf(scene, { invitation: randomInvitation(scene, { id: removed.id }) })
      expectEqual((await storage.invitations.issue(renewed)).outcome, 'issued', 'The id of a removed one is free')
    },
  },
  ...needing<ConformanceCase>(
    ['email'],
    [
      {
        title: 'invitations.issue: the messages are stored with the invitation',
        async run({ storage }) {
          const scene = await storeScene(storage)
          const messages = mailOf(storage, scene, scene.people.owner)
          await storage.invitations.issue(issueOf(scene, { messages }))
          const rule = 'The token is mailed with the invitation'
          await expectWaiting(storage, { offered: messages, waiting: messages, now: scene.now }, rule)
        },
      },
      {
        title: 'invitations.issue: without an invitation no messages are stored',
        async run({ storage }) {
          const scene = await storeScene(storage, { member: 'member' })
          const { owner, member } = scene.people
          const rule = 'Messages are stored only with the invitation'
          const asking = { sessionId: member.session.id, now: scene.now }
          const nowhere = randomInvitation(scene, { organizationId: owner.user.id })
          const refused = {
            full: { maximumMembers: 2 },
            forbidden: { actor: actorOf(member) },
            sessionEnded: { actor: actorOf(owner, { asking }) },
            unknown: { invitation: nowhere },
          }
          for (const [asked, overrides] of Object.entries(refused)) {
            const messages = mailOf(storage, scene, owner)
            const { outcome } = await storage.invitations.issue(issueOf(scene, { ...overrides, messages }))
            expectEqual(outcome, asked, rule)
            await expectWaiting(storage, { offered: messages, waiting: [], now: scene.now }, rule)
          }
        },
      },
    ],
  ),
]
