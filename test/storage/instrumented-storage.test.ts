import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { lifecycleMethods, storageMethods } from '../../lib/composition/storage-methods.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { StorageUnavailableError } from '../../lib/errors/index.js'
import { instrumentedStorage } from '../../lib/storage/instrumented-storage.js'
import { missingMethods as missingOf } from '../../lib/storage/missing-methods.js'

type Method = (...request: unknown[]) => Promise<unknown>

/** Every method of the port as `users.create` or `purge`. */
const missingMethods = (storage: object) => missingOf(storage, storageMethods)

const methodNames = [
  ...Object.entries(storageMethods).flatMap(([group, methods]) => methods.map(method => `${group}.${method}`)),
  ...lifecycleMethods,
]
const unhurried = ['migrate', 'close']
const hurried = methodNames.filter(name => !unhurried.includes(name))

/** A storage all of whose methods are `method`, which gets their name as its first argument. */
function storageOf(method: (name: string, request: unknown) => unknown): Storage {
  const named = (name: string) => (request: unknown) => method(name, request)
  const groups = Object.entries(storageMethods).map(([group, methods]) => [
    group,
    Object.fromEntries(methods.map(name => [name, named(`${group}.${name}`)])),
  ])
  const lifecycle = lifecycleMethods.map(name => [name, named(name)])
  return Object.fromEntries([...groups, ...lifecycle])
}

/** The function behind a name such as `users.create`, bound to its store. */
function methodOf(storage: Storage, name: string): Method {
  const path = name.split('.')
  const method = path.pop() as string
  const owner = path.reduce<object>((place, step) => Reflect.get(place, step), storage)
  return (...request) => Reflect.get(owner, method).apply(owner, request)
}

/** Calls every method but `migrate` and `close`; each must be unavailable, for the reason given. */
async function unavailable(t: Test, storage: Storage, reason: unknown): Promise<void> {
  const { name: type, message } = reason instanceof Error ? reason : new Error(String(reason))
  for (const name of hurried) {
    const refusal = await methodOf(storage, name)({}).catch(error => error)
    t.ok(refusal instanceof StorageUnavailableError, name)
    const { cause } = refusal as Error
    t.strictSame([Reflect.get(Object(cause), 'name'), Reflect.get(Object(cause), 'message')], [type, message], name)
  }
}

t.test('a request goes to the method as it is, and its answer comes back as it is', async t => {
  const storage = instrumentedStorage(
    storageOf(async (name, request) => ({ name, request })),
    1000,
  )
  for (const name of methodNames.filter(name => !['ping', ...unhurried].includes(name))) {
    const request = {}
    const answer = (await methodOf(storage, name)(request)) as { name: string; request: unknown }
    t.equal(answer.name, name)
    t.equal(answer.request, request, name)
  }
})

t.test('a method that rejects makes the storage unavailable, and the reason is the cause', async t => {
  const reason = new Error('connection refused')
  await unavailable(
    t,
    instrumentedStorage(
      storageOf(() => Promise.reject(reason)),
      1000,
    ),
    reason,
  )
})

t.test('a method that rejects with nothing makes the storage unavailable too', async t => {
  await unavailable(
    t,
    instrumentedStorage(
      storageOf(() => Promise.reject()),
      1000,
    ),
    undefined,
  )
})

t.test('a method that throws before it makes a promise makes the storage unavailable too', async t => {
  const reason = new TypeError('no such table')
  const throwing = storageOf(() => {
    throw reason
  })
  await unavailable(t, instrumentedStorage(throwing, 1000), reason)
})

t.test(
  'the cause lacks the properties of the driver’s error, and its text lacks the values of the request',
  async t => {
    const hash = '$argon2id$v=19$canary'
    const reason = Object.assign(new Error(`refused: ${hash}`), { code: '57014', parameters: [hash], detail: hash })
    const refusal = await instrumentedStorage(
      storageOf(() => Promise.reject(reason)),
      1000,
    )
      .users.replacePasswordHash({ userId: 'x', currentHash: hash as never, newHash: hash as never })
      .catch(error => error)
    t.match(refusal.cause, { message: 'refused: [value]', code: '57014' })
    t.same(Object.keys(refusal.cause), ['code'])
  },
)

t.test('a method that never answers is given up at the deadline, and not before', async t => {
  const storage = instrumentedStorage(
    storageOf(() => new Promise(() => {})),
    60,
  )
  const startedAt = performance.now()
  const refusals = await Promise.all(hurried.map(name => methodOf(storage, name)({}).catch(error => error)))
  const took = performance.now() - startedAt
  t.ok(took >= 59, `${took} ms`)
  t.ok(took < 10_000, `${took} ms`)
  for (const refusal of refusals) {
    t.ok(refusal instanceof StorageUnavailableError)
    t.match((refusal as Error).cause, { message: 'The storage did not answer within 60 ms' })
  }
})

t.test('a late answer or failure causes no unhandled rejection', async t => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  t.teardown(() => process.off('unhandledRejection', note))
  const later = () => new Promise(resolve => setTimeout(resolve, 40))
  const failing = () => {
    throw new Error('too late')
  }
  for (const settle of [() => 'too late', failing]) {
    const storage = instrumentedStorage(
      storageOf(() => later().then(settle)),
      5,
    )
    await t.rejects(storage.ping(), StorageUnavailableError)
    await t.rejects(storage.sessions.find({ sessionId: 'x', now: 0 }), StorageUnavailableError)
  }
  await new Promise(resolve => setTimeout(resolve, 100))
  t.same(unhandled, [])
})

t.test('a deadline that was kept holds no timer: the process can end', async t => {
  const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
  const before = timers()
  const storage = instrumentedStorage(memoryStorage(), 60_000)
  await storage.ping()
  await storage.users.findByEmail({ email: 'ada@example.com' })
  t.ok(timers() <= before)
})

t.test('migrate and close take their time, and fail with the database’s own error', async t => {
  const slow = instrumentedStorage(
    storageOf(() => new Promise(resolve => setTimeout(resolve, 50))),
    5,
  )
  await slow.migrate()
  await slow.close()
  const reason = new Error('no permission')
  const failing = instrumentedStorage(
    storageOf(() => Promise.reject(reason)),
    5,
  )
  t.equal(await failing.migrate().catch(error => error), reason)
  t.equal(await failing.close().catch(error => error), reason)
})

t.test('a storage whose methods need their `this` keeps it', async t => {
  class Sessions {
    readonly #found = null
    async find() {
      return this.#found
    }
  }
  const bare = { ...memoryStorage(), sessions: new Sessions() } as unknown as Storage
  t.equal(await instrumentedStorage(bare, 1000).sessions.find({ sessionId: 'x', now: 0 }), null)
})

t.test('a storage that has every method lacks none', async t => {
  t.same(missingMethods(memoryStorage()), [])
  t.same(missingMethods(instrumentedStorage(memoryStorage(), 1000)), [])
})

t.test('each method that a storage lacks is named', async t => {
  for (const name of methodNames) {
    const storage = storageOf(() => {})
    const path = name.split('.')
    const owner = path.length === 1 ? storage : Reflect.get(storage, path[0] as string)
    Reflect.deleteProperty(owner, path.at(-1) as string)
    t.same(missingMethods(storage), [name])
  }
})

t.test('a method that is no function is lacking', async t => {
  for (const value of [null, 'find', {}, []]) {
    t.same(missingMethods({ ...memoryStorage(), ping: value }), ['ping'])
  }
})

t.test('a group that is missing or no object lacks all of its methods', async t => {
  for (const [group, methods] of Object.entries(storageMethods)) {
    for (const value of [undefined, null, 'x', () => {}]) {
      const expected = methods.map(method => `${group}.${method}`)
      t.same(missingMethods({ ...memoryStorage(), [group]: value }), expected)
    }
  }
})

t.test('an object that is no storage at all lacks everything', async t => {
  t.same(missingMethods({}), methodNames)
})

t.test('the list of methods is that of the reference storage', async t => {
  const { reach: _, ...methods } = memoryStorage()
  const functions = Object.entries(methods).flatMap(([name, value]) =>
    typeof value === 'function' ? [name] : Object.keys(value).map(method => `${name}.${method}`),
  )
  t.same(functions.toSorted(), methodNames.toSorted())
})

t.test('the method that listens to revocations is handed on unchanged, if there is one', async t => {
  t.notOk('listen' in instrumentedStorage(memoryStorage(), 1000).revocations)
  const { revocations, ...others } = memoryStorage()
  const listener = { ping: async () => undefined, close: async () => undefined }
  const asked: unknown[] = []
  const listen: NonNullable<typeof revocations.listen> = async request => {
    asked.push(request)
    return listener
  }
  const answering = instrumentedStorage({ ...others, revocations: { ...revocations, listen } }, 1000)
  const request = { onRevocation: () => undefined, onLoss: () => undefined }
  t.equal(await answering.revocations.listen?.(request), listener)
  t.same(asked, [request])
})

t.test('a listening method that cannot be called is named', async t => {
  const { revocations, ...others } = memoryStorage()
  t.same(missingMethods({ ...others, revocations: { ...revocations, listen: true } }), ['revocations.listen'])
})
