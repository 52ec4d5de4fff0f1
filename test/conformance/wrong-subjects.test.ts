import t from 'tap'
import { storageConformance } from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/engines/memory.js'

/** Runs the first case on what `createStorage` returns, and answers why it failed. */
async function failure(returned: unknown): Promise<string> {
  const bodies: (() => Promise<void>)[] = []
  storageConformance(
    (_title, body) => bodies.push(body),
    async () => returned as never,
  )
  try {
    await bodies[0]?.()
    return 'passed'
  } catch (error) {
    return String(error)
  }
}

const { migrate: _, ...withoutMigrate } = memoryStorage()

const wrong: Readonly<Record<string, readonly [unknown, RegExp]>> = {
  'the storage itself': [memoryStorage(), /must return \{ storage \}.*: it returned the storage itself$/],
  nothing: [undefined, /: it returned undefined$/],
  text: ['memory', /: it returned string$/],
  'an object without a storage': [{}, /: its storage lacks migrate\(\) or close\(\)$/],
  'a storage without migrate': [{ storage: withoutMigrate }, /: its storage lacks migrate\(\) or close\(\)$/],
  'a connect that is no function': [
    { storage: memoryStorage(), connect: memoryStorage() },
    /: connect is not a function$/,
  ],
}

for (const [name, [returned, sentence]] of Object.entries(wrong)) {
  t.test(`a createStorage that returns ${name} fails with a sentence that says what it must return`, async t => {
    t.match(await failure(returned), sentence)
  })
}

t.test('a createStorage that returns a subject is not refused', async t => {
  t.equal(await failure({ storage: memoryStorage() }), 'passed')
})
