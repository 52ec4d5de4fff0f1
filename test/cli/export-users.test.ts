import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import t from 'tap'
import { exportUsers } from '../../lib/cli/export-users.js'
import { mainWords } from './fixtures/main-words.js'
import { fastAuthCommand, shell } from './fixtures/shell.js'

const passwordHash = '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'
const createdAt = '2020-02-29T12:00:00.001Z'
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const ada = {
  id: idOf(1),
  email: 'ada@example.com',
  passwordHash,
  username: 'ada',
  emailConfirmedAt: createdAt,
  createdAt,
  lastSignInAt: createdAt,
}
const lines = [
  { ...ada, profile: { name: { first: 'Ada' }, tags: ['a', null, 1.5, '😀'] } },
  { id: idOf(2), email: 'ben@example.com', passwordHash: null, createdAt, disabledAt: createdAt, profile: {} },
].map(line => JSON.stringify(line))

const env = { DATABASE_URL: 'sqlite:users.db' }
const linesOf = (text: string) => text.split('\n').sort()

/** A folder with the database of these users. */
async function folderOf(directory: string, users = `${lines.join('\n')}\n`) {
  const stdin = async function* () {
    yield Buffer.from(users)
  }
  const finished = await fastAuthCommand(['import', '-'], directory, env, { stdin: stdin() })
  if (finished.exitCode !== 0) throw new Error(finished.stderr)
  return directory
}

t.test('export prints every user as import reads them', async t => {
  const { exitCode, stdout, stderr } = await fastAuthCommand(['export'], await folderOf(t.testdir()), env)
  t.strictSame(linesOf(stdout), ['', ...lines].sort())
  t.strictSame({ exitCode, stderr }, { exitCode: 0, stderr: '2 users exported.\n' })
})

t.test('an export that is imported elsewhere is the same export there, over several pages', async t => {
  const users = Array.from({ length: 1_001 }, (_, index) => {
    const email = `user${index}@example.com`
    return JSON.stringify({ id: idOf(index), email, passwordHash, createdAt, profile: { index } })
  })
  const folder = t.testdir({ one: {}, two: {} })
  const first = await fastAuthCommand(['export'], await folderOf(join(folder, 'one'), users.join('\n')), env)
  const second = await fastAuthCommand(['export'], await folderOf(join(folder, 'two'), first.stdout), env)
  t.strictSame(linesOf(first.stdout), ['', ...users].sort())
  t.strictSame(linesOf(second.stdout), linesOf(first.stdout))
  const again = await fastAuthCommand(['export'], join(folder, 'one'), env)
  t.equal(again.stdout, first.stdout, 'the order is the same every time')
})

t.test('an empty storage is an empty export', async t => {
  t.strictSame(await fastAuthCommand(['export'], t.testdir(), { DATABASE_URL: 'memory:' }), {
    exitCode: 0,
    stdout: '',
    stderr: '0 users exported.\n',
  })
})

t.test('--output makes a file that only its owner can read', async t => {
  const folder = await folderOf(t.testdir())
  const finished = await fastAuthCommand(['export', '--output', 'users.ndjson'], folder, env)
  t.strictSame(finished, { exitCode: 0, stdout: '', stderr: '2 users exported.\n' })
  const file = join(folder, 'users.ndjson')
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.strictSame(linesOf(readFileSync(file, 'utf8')), ['', ...lines].sort())
})

t.test('a file that is there already is not written over', async t => {
  const folder = await folderOf(t.testdir({ 'users.ndjson': 'precious' }))
  const { exitCode, stderr } = await fastAuthCommand(['export', '--output', 'users.ndjson'], folder, env)
  t.match(stderr, /^fast-auth: Cannot create the file .+users\.ndjson: EEXIST/)
  t.equal(exitCode, 1)
  t.equal(readFileSync(join(folder, 'users.ndjson'), 'utf8'), 'precious')
})

t.test('an export that fails leaves no half of a file', async t => {
  const folder = await folderOf(t.testdir())
  const handle = new Libsql(join(folder, 'users.db'))
  handle.exec("update fast_auth_users set profile = 'not JSON'")
  handle.close()
  t.match(await fastAuthCommand(['export', '--output', 'users.ndjson'], folder, env), { exitCode: 1, stderr: /JSON/ })
  t.notOk(readdirSync(folder).includes('users.ndjson'))
})

t.test('the command reports a closed pipe in one line, without a stack', async t => {
  const users = Array.from({ length: 2_000 }, (_, index) =>
    JSON.stringify({ email: `u${index}@example.com`, passwordHash }),
  )
  const cwd = await folderOf(t.testdir(), users.join('\n'))
  const main = [...mainWords, 'export']
  const child = spawn(process.execPath, main, { cwd, env: { ...process.env, ...env } })
  child.stdout.once('data', () => child.stdout.destroy())
  let stderr = ''
  child.stderr.on('data', text => {
    stderr += text
  })
  const [exitCode] = await once(child, 'close')
  t.equal(exitCode, 1)
  t.match(stderr, /fast-auth: write EPIPE\n$/)
  t.notMatch(stderr, / at /)
})

t.test('a reader that has gone away ends the export', async t => {
  const { context } = shell(await folderOf(t.testdir()), env)
  const write = (_: string, done?: (error: Error) => void) => done?.(new Error('write EPIPE'))
  await t.rejects(exportUsers({ ...context, stdout: { write } }, {}), { message: 'write EPIPE' })
})
