import t from 'tap'
import { storageMethods } from '../../lib/composition/storage-methods.js'
import { conformanceCounts, conformanceTitles, storageConformance } from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { countingStorage } from '../support/counting-storage.js'
import { eachMethod } from '../support/each-method.js'
import { failureOf } from './fixtures/failure-of.js'
import { everyOutcome, outcomeSeen } from './fixtures/port-outcomes.js'

const methods = Object.entries(storageMethods).flatMap(([group, names]) => names.map(name => `${group}.${name}`))

/** The methods with the outcomes that no case meets. */
async function outcomesMissed(skip: readonly string[] = []): Promise<readonly string[]> {
  const seen = new Set<string>()
  const noting = () =>
    eachMethod(memoryStorage(), (name, method) => async request => {
      const answer = await method(request)
      seen.add(`${name}: ${outcomeSeen(answer)}`)
      return answer
    })
  await Promise.all(
    storageConformance(
      (_title, body) => body(),
      async () => ({ storage: noting() }),
      { skip },
    ),
  )
  return everyOutcome.filter(outcome => !seen.has(outcome))
}

t.test('every outcome of every method of the port is met by a case', async t => {
  t.ok(everyOutcome.includes('sessions.rotate: unconfirmed'))
  t.same(await outcomesMissed(), [])
})

t.test('an outcome that no case meets is noticed', async t => {
  const skip = conformanceTitles.filter(title => /updateProfile/.test(title))
  const missed = await outcomesMissed(skip)
  t.ok(missed.includes('users.updateProfile: tooLarge'))
  t.notOk(missed.includes('users.create: created'))
})

t.test(
  'every method that writes is called again and cut off, and the methods of its group survive a crash',
  async t => {
    const writing = [...methods.filter(method => !/\.(find|list|count)/.test(method)), 'purge']
    t.ok(writing.length > 20)
    for (const method of writing) {
      t.ok(conformanceTitles.some(title => title.startsWith(`retry: ${method} `)))
      t.ok(conformanceTitles.some(title => title.startsWith(`fault: ${method} `)))
      t.ok(conformanceTitles.some(title => title.startsWith(`crash: completed methods of ${method.split('.')[0]} `)))
    }
  },
)

t.test('the suite states how many cases and calls it makes', async t => {
  const { cases, races, racers, rounds } = conformanceCounts
  t.equal(cases, conformanceTitles.length)
  t.equal(races, conformanceTitles.filter(title => title.startsWith('race: ')).length)
  const { storage, calls } = countingStorage(memoryStorage())
  const race = 'race: of twenty sign-ups with one address exactly one is created'
  t.equal(await failureOf(race, { storage, connect: async () => storage }), null)
  t.equal(calls.filter(call => call === 'users.create').length, 2 * rounds * racers)
})
