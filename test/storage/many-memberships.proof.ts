import t from 'tap'
import { roleChangeOf } from '../../lib/features/organizations/conformance/change-role-cases.js'
import {
  issueOf,
  type Person,
  type Scene,
  storeMember,
  storeOrganizationOf,
  storeScene,
} from '../../lib/features/organizations/conformance/organization-account.js'
import { switchOf } from '../../lib/features/organizations/conformance/switch-organization-cases.js'
import { idOfMember, type MeasuredStorage, measuredDatabases } from './fixtures/crowded-organization.js'

// Far more than it takes, for a machine that is busy.
t.setTimeout(900_000)

const few = 1_000
/** For a shorter run. */
const most = Number(process.env.MANY_MEMBERSHIPS) || Number.POSITIVE_INFINITY
const repetitions = 60
const organizationsOfOwner = 10

interface Team extends MeasuredStorage {
  readonly scene: Scene
  readonly member: Person
  /** A member in the middle of the list. */
  readonly middle: string
}

type Call = (team: Team, repetition: number) => Promise<unknown>

const page = { limit: 51 }

const calls: Readonly<Record<string, Call>> = {
  'the organisations of a user': ({ storage, scene }) =>
    storage.organizations.list({ userId: scene.people.owner.user.id, ...page }),
  'the first page of members': ({ storage, scene }) =>
    storage.memberships.list({ organizationId: scene.organization.id, ...page }),
  'a page of members in the middle': ({ storage, scene, middle }) =>
    storage.memberships.list({ organizationId: scene.organization.id, afterUserId: middle, ...page }),
  'the check of a role': ({ storage, scene, member }) =>
    storage.organizations.find({ organizationId: scene.organization.id, userId: member.user.id }),
  'a switch': ({ storage, scene, member }) => storage.memberships.switch(switchOf(scene, member)),
  'a change of a role': ({ storage, scene, member }, repetition) =>
    storage.memberships.changeRole(roleChangeOf(scene, member, repetition % 2 === 0 ? 'admin' : 'member')),
  'a change of the role of an owner': async ({ storage, scene, member }, repetition) =>
    storage.memberships.changeRole(roleChangeOf(scene, member, repetition % 2 === 0 ? 'owner' : 'member')),
  'an invitation': ({ storage, scene }) => storage.invitations.issue(issueOf(scene, { maximumMembers: 10_000_000 })),
}

async function crowded(measured: MeasuredStorage, members: number): Promise<Team> {
  const { storage, fill } = measured
  await storage.migrate()
  const scene = await storeScene(storage)
  const member = await storeMember(storage, scene, 'member')
  for (let index = 1; index < organizationsOfOwner; index += 1)
    await storeOrganizationOf(storage, scene.people.owner, scene)
  const startedAt = performance.now()
  await fill(scene, members)
  t.comment(`${members} memberships in ${Math.round(performance.now() - startedAt)} ms`)
  return { ...measured, scene, member, middle: idOfMember(Math.floor(members / 2)) }
}

const medianOf = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

/** Makes the call in turn with few and with many memberships. Returns the median of each, in milliseconds. */
async function timesOf(teams: readonly [Team, Team], call: Call): Promise<readonly number[]> {
  const times: readonly [number[], number[]] = [[], []]
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const order = repetition % 4 < 2 ? ([0, 1] as const) : ([1, 0] as const)
    for (const index of order) {
      const startedAt = performance.now()
      await call(teams[index], repetition)
      times[index].push(performance.now() - startedAt)
    }
  }
  return times.map(medianOf)
}

async function workOf(team: Team, work: () => Promise<number>, call: Call): Promise<number> {
  const before = await work()
  for (let repetition = 0; repetition < 4; repetition += 1) await call(team, repetition)
  return (await work()) - before
}

for (const { name, missing, open, ...size } of measuredDatabases) {
  const many = Math.min(size.many, most)
  t.test(`on ${name} ${many} memberships cost what ${few} cost`, { skip: missing }, async t => {
    const teams = [await crowded(await open(t), few), await crowded(await open(t), many)] as const
    const [small, large] = teams
    const first = await large.storage.memberships.list({ organizationId: large.scene.organization.id, ...page })
    t.equal(first.length, page.limit)
    t.equal(first[0]?.membership.userId, idOfMember(1), 'the members are there')

    for (const [what, call] of Object.entries(calls))
      t.test(what, async t => {
        const [one = Number.NaN, other = Number.NaN] = await timesOf(teams, call)
        if (small.work && large.work) {
          const [least, greatest] = [await workOf(small, small.work, call), await workOf(large, large.work, call)]
          t.ok(greatest <= 1.3 * least + 10, `the work is the same: ${least} and ${greatest}`)
        }
        t.ok(large.work ?? large.scans, 'the work of this database is counted')
        if (large.scans) t.same(large.scans(), [], 'no statement scans or sorts a table')
        const ratio = other / one
        t.comment(`${what}: ${one.toFixed(2)} ms and ${other.toFixed(2)} ms, ratio ${ratio.toFixed(2)}`)
      })
  })
}
