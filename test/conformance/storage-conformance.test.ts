import type { test as nodeTest } from 'node:test'
import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { lifecycleMethods, storageMethods } from '../../lib/composition/storage-methods.js'
import {
  type ConformanceTest,
  conformanceTitles,
  conformanceTitlesNeeding,
  storageConformance,
} from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { failureOf } from './fixtures/failure-of.js'

const passing = 'migrate: a call on a second connection changes nothing'
const failing = 'sessions.find: a session is expired at exactly expiresAt'

/** A right storage that writes down when it is migrated and closed. */
function recorded(calls: string[], name: string): Storage {
  const storage = memoryStorage()
  return {
    ...storage,
    migrate: async () => void calls.push(`${name}.migrate`),
    close: async () => void calls.push(`${name}.close`),
  }
}

function findingDead(storage: Storage): Storage {
  const { sessions } = storage
  return { ...storage, sessions: { ...sessions, find: ({ sessionId }) => sessions.find({ sessionId, now: 0 }) } }
}

t.test('the test function of node:test fits', async t => {
  const fits: typeof nodeTest extends ConformanceTest ? true : false = true
  t.ok(fits, 'tsc would refuse the line above')
})

t.test('each case is handed to the test function once, under its title', async t => {
  const titles: string[] = []
  storageConformance(
    title => titles.push(title),
    async () => ({ storage: memoryStorage() }),
    { cut: async () => undefined, crash: async () => memoryStorage(), push: true },
  )
  t.same(titles, conformanceTitles)
  t.equal(new Set(titles).size, titles.length)
})

t.test('without cut, crash and push the cases that need them are not handed over', async t => {
  const needing = [...conformanceTitlesNeeding.cut, ...conformanceTitlesNeeding.crash, ...conformanceTitlesNeeding.push]
  const titles: string[] = []
  storageConformance(
    title => titles.push(title),
    async () => ({ storage: memoryStorage() }),
  )
  t.ok(needing.length > 20)
  t.same(
    titles,
    conformanceTitles.filter(title => !needing.includes(title)),
  )
})

t.test('the suite returns the result of the test function', async t => {
  const skip = conformanceTitles.slice(2)
  const returned = storageConformance(
    title => title,
    async () => ({ storage: memoryStorage() }),
    { skip },
  )
  t.same(returned, conformanceTitles.slice(0, 2))
})

t.test('every method of the port has a case of its own', async t => {
  const groups = Object.entries(storageMethods)
  const methods = [
    ...groups.flatMap(([group, names]) => names.map(method => `${group}.${method}`)),
    ...lifecycleMethods,
  ]
  t.same(
    methods.filter(method => !conformanceTitles.some(title => title.startsWith(`${method}: `))),
    [],
  )
})

t.test('a skipped case is not run, and others are', async t => {
  const titles: string[] = []
  storageConformance(
    title => titles.push(title),
    async () => ({ storage: memoryStorage() }),
    { skip: [passing] },
  )
  t.ok(conformanceTitles.includes(passing))
  t.notOk(titles.includes(passing))
  t.ok(titles.includes(failing))
})

t.test('an unknown title to skip throws before any case is run', async t => {
  const titles: string[] = []
  const start = () =>
    storageConformance(
      title => titles.push(title),
      async () => ({ storage: memoryStorage() }),
      { skip: ['x: y'] },
    )
  t.throws(start, new TypeError('No conformance case has the title "x: y"'))
  t.same(titles, [])
})

t.test('a case migrates the storage first and closes every connection at the end', async t => {
  const calls: string[] = []
  const storage = recorded(calls, 'first')
  const second = { ...recorded(calls, 'second'), sessions: storage.sessions, users: storage.users }
  const joined = { ...second, oneTimeTokens: storage.oneTimeTokens, apiKeys: storage.apiKeys }
  const connect = async () => ({ ...joined, revocations: storage.revocations })
  t.equal(await failureOf(passing, { storage, connect }), null)
  t.equal(calls[0], 'first.migrate')
  t.same(calls.slice(-2), ['second.close', 'first.close'])
  t.same(
    calls.filter(call => call.endsWith('close')),
    ['second.close', 'first.close'],
  )
})

t.test('a connection that a case has closed is not closed again', async t => {
  const calls: string[] = []
  const title = 'close: closing one connection does not affect the others'
  const subject = { storage: recorded(calls, 'first'), connect: async () => recorded(calls, 'second') }
  t.equal(await failureOf(title, subject), null)
  t.same(calls, ['first.migrate', 'second.close', 'first.close'])
})

t.test('a case that fails closes the storage too', async t => {
  const calls: string[] = []
  t.type(await failureOf(failing, { storage: findingDead(recorded(calls, 'first')) }), 'string')
  t.same(calls, ['first.migrate', 'first.close'])
})

t.test('a storage that cannot be closed fails every case', async t => {
  const storage = { ...memoryStorage(), close: () => Promise.reject(new Error('still busy')) }
  t.equal(await failureOf(failing, { storage }), 'still busy')
})

t.test('if a case and the closing fail, the error of the case is reported', async t => {
  const storage = { ...findingDead(memoryStorage()), close: () => Promise.reject(new Error('still busy')) }
  t.match(await failureOf(failing, { storage }), /A session is expired/)
})

t.test(
  'cut and crash are handed what createStorage gave, and what a crash leaves is closed in place of the old',
  async t => {
    const calls: string[] = []
    const subject = { storage: recorded(calls, 'old'), name: 'mine' }
    const crash = async ({ name }: typeof subject) => recorded(calls, name)
    const title = 'crash: completed methods of users survive a crash'
    t.match(await failureOf(title, subject, { crash }), /^A completed call of users.create survives a crash/)
    t.same(calls, ['old.migrate', 'mine.close'])
  },
)

t.test('a failure says what the storage did and what the contract asks', async t => {
  const message = await failureOf(failing, { storage: findingDead(memoryStorage()) })
  t.match(message, /^A session is expired from expiresAt on: the storage gave \{"id":.*\}, the contract asks for null/)
})
