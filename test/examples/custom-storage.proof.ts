import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CreateUser } from 'fast-auth/storage'
import t from 'tap'
import { jsonLinesStorage } from '../../examples/custom-storage/json-lines-storage.js'
import { conformanceTitles, conformanceTitlesNeeding, storageConformance } from '../../lib/conformance/index.js'
import { randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { only } from '../conformance/fixtures/only.js'
import { killableStorage } from '../storage/fixtures/killable-storage.js'
import { authorize, startExample } from './fixtures/start-example.js'

/** A sign-up of the types that the package has, which to the compiler are others than those of its source. */
function randomSignUp(): CreateUser {
  return JSON.parse(JSON.stringify(signUpOf(randomUser())))
}

t.test('the proof of the custom storage passes', async t => {
  const file = 'examples/custom-storage/json-lines-storage.test.ts'
  const { stdout, status } = spawnSync(process.execPath, ['--import', './test/typescript/register.js', file], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  })
  t.equal(status, 0, stdout.slice(-2_000))
  const { cut, push } = conformanceTitlesNeeding
  t.match(stdout, `pass ${conformanceTitles.length - cut.length - push.length}\n`)
})

t.test('acknowledged writes of the custom storage survive kill -9', async t => {
  const killable = killableStorage(t, {
    module: 'examples/custom-storage/json-lines-storage.ts',
    name: 'jsonLinesStorage',
    options: { file: join(t.testdir(), 'killed.jsonl') },
  })
  storageConformance(t.test, async () => ({ storage: killable.storage }), {
    ...only(conformanceTitlesNeeding.crash),
    crash: () => killable.kill(),
  })
})

t.test('a line that a crash has torn is left out, and what comes after it is read', async t => {
  const file = join(t.testdir(), 'torn.jsonl')
  const [whole, later] = [randomSignUp(), randomSignUp()]
  const torn = jsonLinesStorage({ file })
  await torn.users.create(whole)
  appendFileSync(file, '[["users","1","torn')
  const reopened = jsonLinesStorage({ file })
  await reopened.users.create(later)
  await reopened.close()
  const storage = jsonLinesStorage({ file })
  t.same(await storage.users.find({ userId: whole.user.id }), whole.user)
  t.same(await storage.users.find({ userId: later.user.id }), later.user)
  t.equal(await storage.users.count(), 2)
})

t.test('a line that is damaged elsewhere keeps the storage from opening', async t => {
  const file = join(t.testdir({ 'damaged.jsonl': '[["users","1","torn\n[]\n' }), 'damaged.jsonl')
  t.throws(() => jsonLinesStorage({ file }), SyntaxError)
})

t.test('a purge rewrites a file that has grown long, and loses nothing', async t => {
  const file = join(t.testdir(), 'long.jsonl')
  const signUp = randomSignUp()
  const { user } = signUp
  const storage = jsonLinesStorage({ file })
  await storage.users.create(signUp)
  for (let update = 0; update < 1_100; update++) {
    await storage.users.updateProfile({ userId: user.id, patch: { update }, maximumBytes: 1_000 })
  }
  const { size } = statSync(file)
  await storage.purge({ now: 0, revokedBefore: 0, eventsBefore: 0, limit: 1 })
  t.ok(statSync(file).size < size / 100)
  t.equal(readFileSync(file, 'utf8').split('\n').length, 2)
  await storage.users.updateProfile({ userId: user.id, patch: { update: 'last' }, maximumBytes: 1_000 })
  const reopened = jsonLinesStorage({ file })
  t.same((await reopened.users.find({ userId: user.id }))?.profile, { ...user.profile, update: 'last' })
})

t.test('after close every method rejects', async t => {
  const storage = jsonLinesStorage({ file: join(t.testdir(), 'closed.jsonl') })
  await storage.close()
  await t.rejects(storage.ping(), { message: 'The storage is closed' })
  await t.rejects(storage.users.count(), { message: 'The storage is closed' })
})

t.test('the application with the custom storage still has its users after a restart', async t => {
  const cwd = t.testdir()
  const first = await startExample(t, 'custom-storage.ts', { cwd })
  t.equal((await fetch(`${first.url}/hello`, { headers: await authorize(first.url, 'sign-up') })).status, 200)
  await first.kill()
  const second = await startExample(t, 'custom-storage.ts', { cwd })
  const hello = await fetch(`${second.url}/hello`, { headers: await authorize(second.url, 'sign-in') })
  t.same(await hello.json(), { hello: 'ada@example.com' })
})
