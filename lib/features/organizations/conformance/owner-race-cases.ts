import type { Storage } from '../../../composition/storage.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { roleChangeOf } from './change-role-cases.js'
import { endingOf } from './end-membership-cases.js'
import { actorOf, type Person, rolesIn, type Scene, storeScene } from './organization-account.js'

type Outcome = Promise<{ readonly outcome: string }>
type Call = (storage: Storage, scene: Scene, acting: Person, other: Person) => Outcome

const leave: Call = ({ memberships }, scene, acting) =>
  memberships.end(endingOf(scene, acting, { actor: actorOf(acting) }))

const stepDown: Call = ({ memberships }, scene, acting) =>
  memberships.changeRole(roleChangeOf(scene, acting, 'member', { actor: actorOf(acting, { atLeast: 'owner' }) }))

const demote: Call = ({ memberships }, scene, acting, other) =>
  memberships.changeRole(roleChangeOf(scene, other, 'member', { actor: actorOf(acting, { atLeast: 'owner' }) }))

const remove: Call = ({ memberships }, scene, acting, other) =>
  memberships.end(endingOf(scene, other, { actor: actorOf(acting, { atLeast: 'owner' }) }))

const deleteAccount: Call = ({ users }, { now }, { user }) => users.delete({ userId: user.id, now })

interface OwnerRace {
  readonly title: string
  /** What one owner does, and what the other does. */
  readonly calls: readonly [Call, Call]
  /** Outcomes, with the number of calls that get each. */
  readonly counts: Readonly<Record<string, number>>
}

/** Each owner makes half of the calls. The first call that succeeds settles the outcomes of all later ones. */
const settledRaces: readonly OwnerRace[] = [
  {
    title: 'two owners who leave concurrently',
    calls: [leave, leave],
    counts: { ended: 1, unknown: 9, lastOwner: 10 },
  },
  {
    title: 'two owners who step down concurrently',
    calls: [stepDown, stepDown],
    counts: { changed: 1, forbidden: 9, lastOwner: 10 },
  },
  {
    title: 'two owners who demote each other',
    calls: [demote, demote],
    counts: { changed: 10, forbidden: 10 },
  },
  {
    title: 'two owners who remove each other',
    calls: [remove, remove],
    counts: { ended: 1, unknownMember: 9, unknown: 10 },
  },
  {
    title: 'two owners whose accounts are deleted concurrently',
    calls: [deleteAccount, deleteAccount],
    counts: { deleted: 1, unknown: 9, lastOwner: 10 },
  },
]

const mixedRaces: readonly Pick<OwnerRace, 'title' | 'calls'>[] = [
  { title: 'an owner leaves while the account of the other is deleted', calls: [leave, deleteAccount] },
  { title: 'an owner steps down while the other leaves', calls: [stepDown, leave] },
  { title: 'an owner steps down while the account of the other is deleted', calls: [stepDown, deleteAccount] },
  { title: 'an owner removes the other while the other demotes them', calls: [remove, demote] },
]

/** Runs a race of two owners. Returns the answers, and the number of owners that are left. */
async function runRace(storage: Storage, all: readonly Storage[], [one, two]: readonly [Call, Call]) {
  const scene = await storeScene(storage, { coOwner: 'owner', member: 'member' })
  const { owner, coOwner } = scene.people
  const answers = await concurrently(all, (connection, index) =>
    Math.floor(index / 2) % 2 === 0 ? one(connection, scene, owner, coOwner) : two(connection, scene, coOwner, owner),
  )
  const roles = Object.values(await rolesIn(storage, scene))
  return { answers, owners: roles.filter(role => role === 'owner').length }
}

const rule = 'No organisation loses its last owner'

/** Cases for the last owners of an organisation. */
export const ownerRaceCases: readonly ConformanceCase[] = [
  ...settledRaces.map(({ title, calls, counts }) =>
    raceCase(`race: ${title} leave one owner`, async (storage, all) => {
      const { answers, owners } = await runRace(storage, all, calls)
      const counted = Object.fromEntries(Object.keys(counts).map(outcome => [outcome, countOf(answers, outcome)]))
      expectEqual([counted, owners], [counts, 1], rule)
    }),
  ),
  ...mixedRaces.map(({ title, calls }) =>
    raceCase(`race: one owner is left when ${title}`, async (storage, all) => {
      const { owners } = await runRace(storage, all, calls)
      expectEqual(owners, 1, rule)
    }),
  ),
]
