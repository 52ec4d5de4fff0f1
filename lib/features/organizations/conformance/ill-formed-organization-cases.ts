import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, expectRejection } from '../../../conformance/contract.js'
import { randomEmail, randomUser } from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { roleChangeOf } from './change-role-cases.js'
import { creationOf } from './create-organization-cases.js'
import {
  actorOf,
  expectNothingWritten,
  issueOf,
  randomInvitation,
  randomOrganization,
  type Scene,
  signUpWith,
  storeInvitation,
  storeScene,
} from './organization-account.js'

/** Cases for text that not every database can store exactly: its description, and the character itself. */
function casesOf(content: string, character: string): readonly ConformanceCase[] {
  const text = `a${character}b`
  const rule = `Text with ${content} is rejected`
  const refused = (storage: Storage, scene: Scene, attempt: () => Promise<unknown>) =>
    expectNothingWritten(storage, scene, () => expectRejection(attempt(), rule), rule)

  return [
    {
      title: `exactness: a name of an organisation with ${content} is rejected, and nothing is written`,
      async run({ storage }) {
        const scene = await storeScene(storage)
        const { owner } = scene.people
        const organization = randomOrganization(scene.start, { name: text })
        await refused(storage, scene, () => storage.organizations.create(creationOf(owner, scene, { organization })))
        const request = { organizationId: scene.organization.id, name: text, actor: actorOf(owner) }
        await refused(storage, scene, () => storage.organizations.rename(request))
      },
    },
    {
      title: `exactness: a role with ${content} is rejected, and nothing is written`,
      async run({ storage }) {
        const scene = await storeScene(storage, { member: 'member' })
        const request = roleChangeOf(scene, scene.people.member, text)
        await refused(storage, scene, () => storage.memberships.changeRole(request))
      },
    },
    {
      title: `exactness: an invitation with ${content} is rejected, and the one that it would replace stays`,
      async run({ storage }) {
        const scene = await storeScene(storage)
        const { email } = await storeInvitation(storage, scene)
        for (const overrides of [{ email, role: text }, { email: `${text}${randomEmail()}` }]) {
          const invitation = randomInvitation(scene, overrides)
          await refused(storage, scene, () => storage.invitations.issue(issueOf(scene, { invitation })))
        }
      },
    },
    {
      title: `exactness: a sign-up with an invitation and ${content} is rejected, and the invitation stays`,
      async run({ storage }) {
        const scene = await storeScene(storage)
        const invitation = await storeInvitation(storage, scene)
        const user = randomUser({ createdAt: scene.start, email: invitation.email, username: text })
        const request = signUpWith(scene, invitation, { user })
        await refused(storage, scene, () => storage.invitations.signUp(request))
      },
    },
    {
      title: `exactness: a sign-up with a personal organisation and ${content} is rejected, and no user is stored`,
      async run({ storage }) {
        const user = randomUser()
        const personalOrganization = randomOrganization(user.createdAt, { kind: 'personal', name: text })
        await expectRejection(storage.users.create({ ...signUpOf(user), additions: { personalOrganization } }), rule)
        expectEqual(await storage.users.find({ userId: user.id }), null, `${rule}, and nothing is written`)
      },
    },
  ]
}

/** Cases for organisations and invitations that not every database can store exactly. */
export const illFormedOrganizationCases: readonly ConformanceCase[] = [
  ...casesOf('U+0000', '\0'),
  ...casesOf('a lone surrogate', '\ud800'),
]
