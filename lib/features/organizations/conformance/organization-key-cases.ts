import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { apiKeysOf } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { randomApiKey } from '../../../conformance/random-records.js'
import { apiKeyLine, inFeedOrder, revocationsOf } from '../../../conformance/revocation-feed.js'
import { storeApiKey } from '../../../conformance/stored-records.js'
import type { ApiKeyRecord } from '../../api-keys/api-key-record.js'
import { rollOf } from '../../api-keys/conformance/api-key-roll-cases.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import {
  actorOf,
  expectNothingWritten,
  type Person,
  type Scene,
  storeOrganizationOf,
  storePerson,
  storeScene,
} from './organization-account.js'

/** Stores a member with a key of the organisation, one of another organisation, and one of none; and a key of the owner. */
async function storeKeys(storage: Storage) {
  const scene = await storeScene(storage, { member: 'member' })
  const { member, owner } = scene.people
  const elsewhere = await storeOrganizationOf(storage, member, scene)
  const keyOf = ({ user }: Person, organizationId: string | null) => storeApiKey(storage, user, { organizationId })
  const keys = {
    first: await keyOf(member, scene.organization.id),
    second: await keyOf(member, scene.organization.id),
    elsewhere: await keyOf(member, elsewhere.organization.id),
    nowhere: await keyOf(member, null),
    ofOwner: await keyOf(owner, scene.organization.id),
  }
  return { scene, keys, ids: Object.values(keys).map(({ id }) => id) }
}

/** Returns the role with which each key is found; `null` for a key of no organisation, and `gone` for one that is not found. */
async function rolesOf(storage: Storage, keys: readonly ApiKeyRecord[], now: number) {
  const found = await Promise.all(keys.map(({ hash }) => storage.apiKeys.findByHash({ hash, now })))
  return found.map(one => (one === null ? 'gone' : one.role))
}

const linesOf = (keys: readonly ApiKeyRecord[], now: number) => inFeedOrder(keys.map(key => apiKeyLine(key, now)))

async function expectAnswer(
  storage: Storage,
  { scene, ids }: { readonly scene: Scene; readonly ids: readonly string[] },
  apiKeyIds: readonly string[] | undefined,
  keys: readonly ApiKeyRecord[],
  rule: string,
): Promise<void> {
  expectEqual(sorted(apiKeyIds as readonly string[]), sorted(keys.map(({ id }) => id)), rule)
  expectEqual(await revocationsOf(storage, ids, scene.start), linesOf(keys, scene.now), rule)
}

/** Cases for API keys that act in an organisation. */
export const organizationKeyCases: readonly ConformanceCase[] = needing<ConformanceCase>(
  ['api-keys'],
  [
    {
      title: 'apiKeys.create: a key of an organisation is stored for a member, and found with their role',
      async run({ storage }) {
        const { scene, keys } = await storeKeys(storage)
        const { first, elsewhere, nowhere, ofOwner } = keys
        const rule = 'A key is found with the role of its user in its organisation'
        const user = await storage.users.find({ userId: first.userId })
        const found = await storage.apiKeys.findByHash({ hash: first.hash, now: scene.now })
        expectEqual(found, { apiKey: first, user, role: 'member' }, rule)
        const roles = await rolesOf(storage, [first, elsewhere, nowhere, ofOwner], scene.now)
        expectEqual(roles, ['member', 'owner', null, 'owner'], rule)
      },
    },
    {
      title: 'apiKeys.list: a key comes with its organisation',
      async run({ storage }) {
        const { keys } = await storeKeys(storage)
        const { first, second, elsewhere, nowhere } = keys
        const listed = await apiKeysOf(storage, first.userId)
        const byId = Object.fromEntries(listed.map(key => [key.id, key.organizationId]))
        const asked = [first, second, elsewhere, nowhere].map(key => [key.id, key.organizationId] as const)
        expectEqual(byId, Object.fromEntries(asked), 'A key is listed with its organisation')
      },
    },
    {
      title: 'apiKeys.create: a user who is not a member is unknownOrganization, and nothing is written',
      async run({ storage }) {
        const scene = await storeScene(storage, { former: 'member' })
        const { former, owner } = scene.people
        const stranger = await storePerson(storage, scene.start)
        await storage.memberships.end(endingOf(scene, former))
        const { id } = scene.organization
        const rule = 'Only a member has keys of an organisation'
        for (const [{ user }, organizationId] of [
          [former, id],
          [stranger, id],
          [owner, randomUUID()],
        ] as const) {
          const apiKey = randomApiKey(user, { organizationId })
          const attempt = () => storage.apiKeys.create({ apiKey, maximumPerUser: 100 })
          const answer = await expectNothingWritten(storage, scene, attempt, rule, [stranger])
          expectEqual(answer, { outcome: 'unknownOrganization' }, rule)
        }
      },
    },
    {
      title: 'apiKeys.create: unknownOrganization comes after unknownUser and sessionEnded, and before limitReached',
      async run({ storage }) {
        const { start, now, organization } = await storeScene(storage)
        const { user } = await storePerson(storage, start)
        const apiKey = randomApiKey(user, { organizationId: organization.id })
        const asking = { sessionId: randomUUID(), now }
        const create = async (request: Partial<Parameters<Storage['apiKeys']['create']>[0]>) =>
          (await storage.apiKeys.create({ apiKey, maximumPerUser: 0, ...request })).outcome
        const outcomes = [
          await create({ apiKey: { ...apiKey, userId: randomUUID() } }),
          await create({ asking }),
          await create({}),
        ]
        const rule = 'If several outcomes apply, it is the first in the order of the port'
        expectEqual(outcomes, ['unknownUser', 'sessionEnded', 'unknownOrganization'], rule)
      },
    },
    {
      title: 'apiKeys.roll: the successor of a key of an organisation acts in it',
      async run({ storage }) {
        const { scene, keys } = await storeKeys(storage)
        const rolled = await storage.apiKeys.roll(rollOf(keys.first))
        const { successor } = expectOutcome(rolled, 'rolled', 'A key of an organisation can be rolled')
        const rule = 'A rolled key keeps its organisation'
        expectEqual(successor.organizationId, scene.organization.id, rule)
        expectEqual(await rolesOf(storage, [successor], scene.now), ['member'], rule)
      },
    },
    {
      title:
        'memberships.changeRole: the keys of the member in the organisation have the new role, and the feed has them',
      async run({ storage }) {
        const stored = await storeKeys(storage)
        const { scene, keys } = stored
        const { first, second, elsewhere, nowhere, ofOwner } = keys
        const answer = await storage.memberships.changeRole(roleChangeOf(scene, scene.people.member, 'billing'))
        const rule = 'Processes that have cached a key read it again when its role changes'
        const { apiKeyIds } = expectOutcome(answer, 'changed', rule)
        await expectAnswer(storage, stored, apiKeyIds, [first, second], rule)
        const roles = await rolesOf(storage, [first, second, elsewhere, nowhere, ofOwner], scene.now)
        expectEqual(roles, ['billing', 'billing', 'owner', null, 'owner'], rule)
      },
    },
    {
      title: 'memberships.end: the keys of the member in the organisation are removed, and the feed has them',
      async run({ storage }) {
        const stored = await storeKeys(storage)
        const { scene, keys } = stored
        const { first, second, elsewhere, nowhere, ofOwner } = keys
        const answer = await storage.memberships.end(endingOf(scene, scene.people.member))
        const rule = 'A key of an organisation ends with the membership, and all other keys stay'
        const { apiKeyIds } = expectOutcome(answer, 'ended', rule)
        await expectAnswer(storage, stored, apiKeyIds, [first, second], rule)
        const roles = await rolesOf(storage, [first, second, elsewhere, nowhere, ofOwner], scene.now)
        expectEqual(roles, ['gone', 'gone', 'owner', null, 'owner'], rule)
        const left = (await apiKeysOf(storage, first.userId)).map(({ id }) => id)
        expectEqual(sorted(left), sorted([elsewhere.id, nowhere.id]), rule)
      },
    },
    {
      title: 'organizations.delete: the keys of all its members in it are removed, and the feed has them',
      async run({ storage }) {
        const stored = await storeKeys(storage)
        const { scene, keys } = stored
        const { first, second, elsewhere, nowhere, ofOwner } = keys
        const { now, organization, people } = scene
        const request = { organizationId: organization.id, actor: actorOf(people.owner), now }
        const rule = 'A key of an organisation ends with it, and all other keys stay'
        const { apiKeyIds } = expectOutcome(await storage.organizations.delete(request), 'deleted', rule)
        await expectAnswer(storage, stored, apiKeyIds, [first, second, ofOwner], rule)
        const roles = await rolesOf(storage, [first, second, ofOwner, elsewhere, nowhere], now)
        expectEqual(roles, ['gone', 'gone', 'gone', 'owner', null], rule)
      },
    },
    {
      title: 'users.delete: the keys of the user in organisations are removed with all others, and the feed has them',
      async run({ storage }) {
        const stored = await storeKeys(storage)
        const { scene, keys } = stored
        const { first, second, elsewhere, nowhere, ofOwner } = keys
        const coOwner = { organizationId: String(elsewhere.organizationId), actor: actorOf(scene.people.member) }
        await storage.organizations.delete({ ...coOwner, now: scene.now })
        const { id: userId } = scene.people.member.user
        const rule = 'No key of a deleted user is left, and those of other members stay'
        const answer = await storage.users.delete({ userId, now: scene.now })
        const { deletedApiKeyIds } = expectOutcome(answer, 'deleted', rule)
        const ids = [first, second, nowhere].map(({ id }) => id)
        expectEqual(sorted(deletedApiKeyIds as readonly string[]), sorted(ids), rule)
        expectEqual(
          await rolesOf(storage, [first, second, nowhere, ofOwner], scene.now),
          ['gone', 'gone', 'gone', 'owner'],
          rule,
        )
        const lines = await revocationsOf(storage, [...ids, ofOwner.id], scene.start)
        expectEqual(lines, linesOf([first, second, nowhere], scene.now), rule)
      },
    },
  ],
)
