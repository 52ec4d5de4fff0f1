import t from 'tap'
import { accessRaces } from './fixtures/access-races.js'
import { everyDatabase } from './fixtures/databases.js'
import { invitationRaces } from './fixtures/invitation-races.js'
import { runContest } from './fixtures/organization-contest.js'
import { ownerRaces } from './fixtures/owner-races.js'
import { rounds } from './fixtures/rounds.js'
import { startStorage } from './fixtures/storage-process.js'

const roundsOfRace = rounds(200)
/** Rounds that run concurrently, each with an organisation of its own. */
const lanes = 8
// Far more than it takes, for a machine that is busy.
t.setTimeout(900_000)

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const storages = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    for (const race of [...invitationRaces, ...ownerRaces, ...accessRaces])
      t.test(`${race.title}, round after round`, async t => {
        const startedAt = performance.now()
        const problems: string[] = []
        for (let first = 1; first <= roundsOfRace; first += lanes) {
          const running = Array.from({ length: lanes }, (_, lane) => runContest(storages, race, first + lane))
          problems.push(...(await Promise.all(running)).flat())
        }
        t.same(problems, [])
        t.comment(`${roundsOfRace} rounds in ${Math.round(performance.now() - startedAt)} ms`)
      })
  })
}
