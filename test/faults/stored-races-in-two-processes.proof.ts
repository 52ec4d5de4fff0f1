import t from 'tap'
import { optionalFeatures } from '../../lib/conformance/optional-features.js'
import { userDisablingRaceCases } from '../../lib/features/accounts/conformance/user-disabling-race-cases.js'
import { userRaceCases } from '../../lib/features/accounts/conformance/user-race-cases.js'
import { apiKeyRaceCases } from '../../lib/features/api-keys/conformance/api-key-race-cases.js'
import { outboxRaceCases } from '../../lib/features/email/conformance/outbox-race-cases.js'
import { tokenRaceCases } from '../../lib/features/email/conformance/token-race-cases.js'
import { passwordRaceCases } from '../../lib/features/passwords/conformance/password-race-cases.js'
import { sessionRaceCases } from '../../lib/features/sessions/conformance/session-race-cases.js'
import { databasesOnServers } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { startStorage } from './fixtures/storage-process.js'

/** Each races five times in one process, and five times in two. */
const roundsOfCase = 10
const runs = Math.ceil(rounds(40) / roundsOfCase)

/** The races of the conformance suite that one contestant wins. */
const races = [
  ...userRaceCases,
  ...passwordRaceCases,
  ...sessionRaceCases,
  ...tokenRaceCases,
  ...apiKeyRaceCases,
  ...outboxRaceCases,
  ...userDisablingRaceCases,
].filter(({ title }) => title.includes('exactly one'))

// Far more than it takes, for a machine that is busy.
t.setTimeout(240_000 + runs * 60_000)

for (const { name, missing, create } of await databasesOnServers()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const [storage, other] = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    for (const { title, run } of races) {
      t.test(title, async t => {
        const startedAt = performance.now()
        for (let round = 0; round < runs; round += 1)
          await run({
            storage,
            connect: async () => other,
            disconnect: async () => undefined,
            features: optionalFeatures,
          })
        t.pass()
        t.comment(`${runs * roundsOfCase} rounds in ${Math.round(performance.now() - startedAt)} ms`)
      })
    }
  })
}
