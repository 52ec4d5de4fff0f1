import type { Storage } from '../../../composition/storage.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { OptionalFeature } from '../../../conformance/optional-features.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeToken } from '../../../conformance/stored-records.js'
import { storeCode, trialOf } from '../../email-codes/conformance/code-account.js'
import { adoptionOf } from '../../providers/conformance/identity-account.js'
import { ownRoles, type Person, rolesIn, type Scene, storeInvitation, storeScene } from './organization-account.js'

/** A method that proves the address of a user. */
interface ProvingMethod {
  readonly method: string
  readonly feature: OptionalFeature
  prove(storage: Storage, person: Person, now: number): Promise<{ readonly outcome: string }>
  readonly outcome: string
}

const provingMethods: readonly ProvingMethod[] = [
  {
    method: 'oneTimeTokens.resetPassword',
    feature: 'email',
    async prove(storage, { user }, now) {
      const { hash } = await storeToken(storage, user, { purpose: 'resetPassword' })
      return storage.oneTimeTokens.resetPassword({ hash, now, newHash: randomPasswordHash(), messages: [] })
    },
    outcome: 'reset',
  },
  {
    method: 'signInCodes.tryCode',
    feature: 'email-codes',
    async prove(storage, { user }, now) {
      return storage.signInCodes.tryCode(trialOf(await storeCode(storage, user), { now }))
    },
    outcome: 'right',
  },
  {
    method: 'identities.adopt',
    feature: 'providers',
    prove: (storage, { user }, now) => storage.identities.adopt(adoptionOf({ user, now }, { mayLinkProven: true })),
    outcome: 'linked',
  },
]

async function pendingIn({ invitations }: Storage, { organization, start: now }: Scene) {
  return invitations.list({ organizationId: organization.id, now, limit: 100 })
}

function casesOf({ method, feature, prove, outcome }: ProvingMethod): readonly ConformanceCase[] {
  return needing<ConformanceCase>(
    [feature],
    [
      {
        title: `${method}: the invitations that an unproven account has sent are removed, and those of others stay`,
        async run({ storage }) {
          const scene = await storeScene(storage, { attacked: 'admin' })
          const { attacked } = scene.people
          const elsewhere = await storeScene(storage, {}, scene.start)
          const invitedBy = attacked.user.id
          const sent = [
            await storeInvitation(storage, scene, { invitedBy }),
            await storeInvitation(storage, scene, { invitedBy, role: 'admin' }),
          ]
          const kept = await storeInvitation(storage, scene)
          const other = await storeInvitation(storage, elsewhere)
          const roles = await rolesIn(storage, scene)
          const rule = 'The creator of the account had not proven ownership of the address'
          expectEqual((await prove(storage, attacked, scene.now)).outcome, outcome, rule)
          expectEqual(await pendingIn(storage, scene), [kept], rule)
          for (const { hash } of sent)
            expectEqual(await storage.invitations.find({ hash, ownRoles, now: scene.start }), null, rule)
          expectEqual(await pendingIn(storage, elsewhere), [other], rule)
          expectEqual(await rolesIn(storage, scene), roles, 'The memberships stay')
        },
      },
      {
        title: `${method}: the invitations of an account with a proven address stay`,
        async run({ storage }) {
          const scene = await storeScene(storage)
          const { owner } = scene.people
          const { id: userId, email } = owner.user
          await storage.users.markEmailConfirmed({ userId, email, now: scene.start })
          const sent = await storeInvitation(storage, scene)
          const rule = 'The owner of a proven address has sent them'
          expectEqual((await prove(storage, owner, scene.now)).outcome, outcome, rule)
          expectEqual(await pendingIn(storage, scene), [sent], rule)
        },
      },
    ],
  )
}

/** Cases for the invitations of a user whose address is proven. An attacker could otherwise keep a way into their organisations. */
export const provenInviterCases: readonly ConformanceCase[] = provingMethods.flatMap(casesOf)
