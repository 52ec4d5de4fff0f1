import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { purgeTime as now, purgeToTheEnd } from '../../../conformance/purge-cases.js'
import type { InvitationRecord } from '../port.js'
import { rolesIn, type Scene, storeInvitation, storeScene } from './organization-account.js'

/** An organisation from the time of the purges. */
const storeElder = (storage: Storage) => storeScene(storage, { member: 'member' }, now - 100_000)

async function listOf({ invitations }: Storage, { organization }: Scene): Promise<readonly InvitationRecord[]> {
  return invitations.list({ organizationId: organization.id, now: now - 50_000, limit: 100 })
}

const countsOf = async (storage: Storage, limit: number) =>
  (await purgeToTheEnd(storage, limit)).map(({ invitations }) => invitations)

/** Cases for removing invitations that have expired. */
export const invitationPurgeCases: readonly ConformanceCase[] = [
  {
    title:
      'purge: an invitation that expires at exactly this instant is removed, one that expires a millisecond later stays',
    async run({ storage }) {
      const elder = await storeElder(storage)
      await storeInvitation(storage, elder, { expiresAt: now })
      const live = await storeInvitation(storage, elder, { expiresAt: now + 1 })
      await purgeToTheEnd(storage, 100)
      expectEqual(await listOf(storage, elder), [live], 'Exactly the expired invitations are removed')
    },
  },
  {
    title: 'purge: at most `limit` invitations are removed per call, and each is counted once',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      for (const expiresAt of [now, now - 1, now - 2]) await storeInvitation(storage, elder, { expiresAt })
      const counts = await countsOf(storage, 2)
      const rule = 'A call removes at most `limit` invitations, and the answers are the numbers of those removed'
      expectEqual([Math.max(...counts) <= 2, counts.reduce((sum, count) => sum + count)], [true, 3], rule)
      expectEqual(await listOf(storage, elder), [], rule)
    },
  },
  {
    title: 'purge: organisations and memberships stay',
    async run({ storage }) {
      const elder = await storeElder(storage)
      const before = await rolesIn(storage, elder)
      await purgeToTheEnd(storage, 100)
      expectEqual(await rolesIn(storage, elder), before, 'A purge removes no members')
      const { user } = elder.people.owner
      const found = await storage.organizations.find({ organizationId: elder.organization.id, userId: user.id })
      expectEqual(found?.organization, elder.organization, 'A purge removes no organisation')
    },
  },
  {
    title: 'purge: a deleted organisation leaves no invitations to purge',
    async run({ storage }) {
      await purgeToTheEnd(storage, 1_000)
      const elder = await storeElder(storage)
      const { organization, people } = elder
      await storeInvitation(storage, elder, { expiresAt: now })
      const actor = { userId: people.owner.user.id, atLeast: 'owner', ownRoles: {} } as const
      await storage.organizations.delete({ organizationId: organization.id, actor, now: now - 1 })
      const counts = await countsOf(storage, 1_000)
      expectEqual(
        counts.reduce((sum, count) => sum + count),
        0,
        'Only expired invitations are counted',
      )
    },
  },
]
