import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { listeningStorage } from '../conformance/fixtures/listening-storage.js'
import { ada } from '../support/account.js'
import { soon } from '../support/soon.js'
import { type KeyApplication, testApplication } from '../support/test-application.js'

const ben = { ...ada, email: 'ben@example.com' }
const often = { everySeconds: 0.1, maximumStalenessSeconds: 2 }

function shared(): Storage {
  return { ...memoryStorage(), close: async () => {} }
}

/** The same storage, whose feed, or all of which, can be made to fail. */
type Listen = NonNullable<Storage['revocations']['listen']>

async function callsOf(t: Test, { use, calls }: KeyApplication, credential: string, status = 200): Promise<string[]> {
  calls.length = 0
  t.equal((await use(credential)).statusCode, status)
  return calls.filter(name => name !== 'revocations.list')
}

const seldom = { everySeconds: 60, maximumStalenessSeconds: 120 }

t.test('if the storage pushes, revocations by other processes take effect long before the next reading', async t => {
  const storage = listeningStorage(shared())
  const options = { storage, revocationFeed: seldom }
  const other = await testApplication(t, { keys: true, options })
  const tested = await testApplication(t, { keys: { account: ben }, options })
  const { accessToken, refreshToken } = other.owner
  const made = await other.owner.make()
  t.equal((await tested.use(made.key)).statusCode, 200)
  t.same(await callsOf(t, tested, made.key), [], 'it is remembered')
  await other.owner.remove(made.id)
  await soon(async () => (await tested.use(made.key)).statusCode === 401)
  await other.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  await soon(async () => (await tested.use(accessToken)).statusCode === 401)
  t.same(await callsOf(t, tested, accessToken, 401), [])
})

t.test('if the storage can no longer push, that is logged, and the feed is still read', async t => {
  const storage = shared()
  const listen = async () => Promise.reject(new Error('no more connections'))
  const deaf = { ...storage, revocations: { ...storage.revocations, listen } }
  const log: string[] = []
  const stream = { write: (line: string) => log.push(line) }
  const other = await testApplication(t, { keys: true, options: { storage } })
  const options = { storage: deaf, revocationFeed: often }
  const tested = await testApplication(t, {
    keys: { account: ben },
    options,
    server: { logger: { level: 'warn', stream } },
  })
  const { accessToken, refreshToken } = other.owner
  await other.app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  await soon(async () => (await tested.use(accessToken)).statusCode === 401)
  t.match(log, [/the storage does not push revocations; they are read at intervals/])
  t.match(log[0], 'no more connections')
  t.equal(tested.app.fastAuth.health().revocationFeed, 'current')
})

t.test('the return of the push is logged too', async t => {
  const storage = listeningStorage(shared())
  let refusals = 1
  const listen: Listen = async request => {
    if (refusals-- > 0) throw new Error('no more connections')
    return storage.revocations.listen(request)
  }
  const log: string[] = []
  const stream = { write: (line: string) => log.push(line) }
  const options = { storage: { ...storage, revocations: { ...storage.revocations, listen } }, revocationFeed: seldom }
  await testApplication(t, { options, server: { logger: { level: 'info', stream } } })
  await soon(() => log.some(line => line.includes('fast-auth: the storage pushes revocations')))
})

t.test('a closed application listens no more, and one that does not read the feed never did', async t => {
  const storage = listeningStorage(shared())
  const listening: string[] = []
  const listen: Listen = async request => {
    const listener = await storage.revocations.listen(request)
    listening.push('listens')
    return {
      ping: async () => undefined,
      async close() {
        listening.push('closed')
        await listener.close()
      },
    }
  }
  const noted = { ...storage, revocations: { ...storage.revocations, listen } }
  for (const revocation of ['strict', 'none'] as const) {
    const { app } = await testApplication(t, { options: { storage: noted, revocation } })
    await app.close()
  }
  t.same(listening, [])
  const { app } = await testApplication(t, { options: { storage: noted } })
  await soon(() => listening.length > 0)
  await app.close()
  t.hasStrict(listening, ['listens', 'closed'])
})

t.test('the application stops listening before the onClose hooks of the host run', async t => {
  const storage = listeningStorage(shared())
  const steps: string[] = []
  const listen: Listen = async request => {
    const listener = await storage.revocations.listen(request)
    steps.push('listens')
    return {
      ping: async () => undefined,
      async close() {
        steps.push('stops')
        await listener.close()
      },
    }
  }
  const noted = { ...storage, revocations: { ...storage.revocations, listen } }
  const { app } = await testApplication(t, {
    options: { storage: noted },
    after: host => void host.addHook('onClose', async () => void steps.push('onClose')),
  })
  await soon(() => steps.length > 0)
  await app.close()
  t.same(steps, ['listens', 'stops', 'onClose'])
})
