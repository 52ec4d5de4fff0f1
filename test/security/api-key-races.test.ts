import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada } from '../support/account.js'
import { type KeyApplication, testApplication } from '../support/test-application.js'
import type { MadeKey } from '../support/test-keys.js'

/** A storage whose answers to the look-up of a key can be held back, as a slow network would. */
function slowLookUps() {
  const storage = memoryStorage()
  let gate: Promise<void> | null = null
  let open = () => {}
  const slow: Storage = {
    ...storage,
    apiKeys: {
      ...storage.apiKeys,
      async findByHash(request) {
        const found = await storage.apiKeys.findByHash(request)
        await gate
        return found
      },
    },
  }
  return {
    storage: slow,
    hold: () => {
      gate = new Promise(resolve => (open = resolve))
    },
    release: () => {
      gate = null
      open()
    },
  }
}

const endings: Readonly<Record<string, (app: KeyApplication, made: MadeKey) => Promise<number | string>>> = {
  deleted: async ({ owner }, { id }) => (await owner.remove(id)).statusCode,
  rolled: async ({ owner }, { id }) => (await owner.post(`/${id}/roll`)).statusCode,
  revoked: async ({ app }, { key }) => (await app.fastAuth.revokeApiKey(key)).outcome,
}

for (const [ended, end] of Object.entries(endings).filter(([name]) => name !== 'revoked')) {
  t.test(`a key that is ${ended} while it is looked up is not remembered from that answer`, async t => {
    const { storage, hold, release } = slowLookUps()
    const tested = await testApplication(t, { keys: true, options: { storage } })
    const made = await tested.owner.make()
    hold()
    const early = tested.use(made.key)
    await new Promise(setImmediate)
    t.ok([204, 201].includes(Number(await end(tested, made))))
    release()
    t.equal((await early).statusCode, 200, 'it began before')
    t.equal((await tested.use(made.key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
  })
}

/** Uses the key all the time, until it is refused. */
async function useUntilRefused({ use }: KeyApplication, { key }: MadeKey): Promise<void> {
  for (let uses = 0; uses < 2_000; uses += 1) {
    if ((await use(key)).statusCode !== 200) return
    // Such requests never wait for anything: without a pause no other request would run.
    await new Promise(setImmediate)
  }
}

for (const [ended, end] of Object.entries(endings)) {
  t.test(`no request that starts after a key was ${ended} is let in by the process that answered`, async t => {
    const tested = await testApplication(t, { keys: true })
    for (let round = 0; round < 20; round += 1) {
      const made = await tested.owner.make()
      const users = Array.from({ length: 5 }, () => useUntilRefused(tested, made))
      for (let pause = 0; pause < round; pause += 1) await new Promise(setImmediate)
      await end(tested, made)
      const after = await Promise.all(Array.from({ length: 5 }, () => tested.use(made.key)))
      t.ok(after.every(({ statusCode }) => statusCode === 401))
      await Promise.all(users)
    }
  })
}

async function twoProcesses(t: Test, revocation: 'none' | 'strict') {
  const storage = { ...memoryStorage(), close: async () => {} }
  const one = await testApplication(t, { keys: true, options: { storage, revocation } })
  const two = await testApplication(t, {
    keys: { account: { ...ada, email: 'ben@example.com' } },
    options: { storage, revocation },
  })
  return { one, two }
}

t.test('in strict mode a key that one process ended is refused by every other immediately', async t => {
  const { one, two } = await twoProcesses(t, 'strict')
  for (const end of Object.values(endings)) {
    const made = await one.owner.make()
    t.strictSame([(await one.use(made.key)).statusCode, (await two.use(made.key)).statusCode], [200, 200])
    await end(one, made)
    t.strictSame([(await one.use(made.key)).statusCode, (await two.use(made.key)).statusCode], [401, 401])
  }
})

t.test(
  'without a feed another process honours a key that it remembers until the time is over, and no longer',
  async t => {
    const { one, two } = await twoProcesses(t, 'none')
    for (const end of Object.values(endings)) {
      const made = await one.owner.make()
      await two.use(made.key)
      await end(one, made)
      two.advance(59.999)
      t.equal((await two.use(made.key)).statusCode, 200)
      two.advance(0.001)
      t.equal((await two.use(made.key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
    }
  },
)
