import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import t, { type Test } from 'tap'
import { importUsers } from '../../lib/cli/import-users.js'
import type { UserRecord } from '../../lib/composition/storage.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { fastAuthCommand, type ShellSettings, shell } from './fixtures/shell.js'

const passwordHash = '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'
const lineOf = (email: string, more: object = {}) => `${JSON.stringify({ email, passwordHash, ...more })}\n`
const ada = lineOf('ada@example.com', { username: 'ada', emailConfirmedAt: '2020-01-01T00:00:00Z' })
const ben = lineOf('ben@example.com')
const cem = lineOf('cem@example.com')

const env = { DATABASE_URL: 'sqlite:users.db' }

async function usersIn(folder: string): Promise<readonly UserRecord[]> {
  const storage = sqliteStorage({ file: join(folder, 'users.db') })
  const users = await storage.users.list({ limit: 100 })
  await storage.close()
  return [...users].sort((one, other) => (one.email < other.email ? -1 : 1))
}

const emailsIn = async (folder: string) => (await usersIn(folder)).map(({ email }) => email.slice(0, 3))

/** Runs an import of these lines, from a file. */
async function imported(t: Test, lines: string, words: readonly string[] = []) {
  const folder = t.testdir({ 'users.ndjson': lines })
  return { folder, ...(await fastAuthCommand(['import', 'users.ndjson', ...words], folder, env)) }
}

t.test('every line of a file becomes a user', async t => {
  const { folder, ...finished } = await imported(t, `${ada}\n  \r\n${ben}${cem.trimEnd()}`)
  t.strictSame(finished, { exitCode: 0, stdout: '3 imported, 0 already present, 0 skipped as invalid.\n', stderr: '' })
  const [first, ...others] = await usersIn(folder)
  t.hasStrict(first, { email: 'ada@example.com', username: 'ada', emailConfirmedAt: Date.UTC(2020, 0), passwordHash })
  t.strictSame(
    others.map(({ email }) => email),
    ['ben@example.com', 'cem@example.com'],
  )
})

t.test('a bad line is reported by its number and skipped, and the others are imported', async t => {
  const lines = `${ada}not JSON\n\n${lineOf('nobody')}${lineOf('dan@example.com', { username: 'ADA' })}${'x'.repeat(70_000)}\n${ben}`
  const { folder, ...finished } = await imported(t, lines)
  t.strictSame(finished, {
    exitCode: 1,
    stdout: '2 imported, 0 already present, 4 skipped as invalid.\n',
    stderr: [
      'Line 2 is skipped: it is not JSON.\n',
      'Line 4 is skipped: email must be one plain address such as ada@example.com.\n',
      'Line 5 is skipped: username is taken by another user.\n',
      'Line 6 is skipped: it is longer than 65,536 bytes.\n',
    ].join(''),
  })
  t.strictSame(await emailsIn(folder), ['ada', 'ben'])
})

t.test('an import can be run again: who is there already stays as they are', async t => {
  const { folder } = await imported(t, ada + ben)
  const before = await usersIn(folder)
  const stdin = async function* () {
    yield Buffer.from(lineOf('ADA@example.com', { profile: { new: true } }) + ben + cem)
  }
  const again = await fastAuthCommand(['import', '-'], folder, env, { stdin: stdin() })
  t.strictSame(again, { exitCode: 0, stdout: '1 imported, 2 already present, 0 skipped as invalid.\n', stderr: '' })
  t.strictSame((await usersIn(folder)).slice(0, 2), before)
})

const idOf = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`

for (const words of [[], ['--dry-run']]) {
  t.test(`an id of the file is kept, and one that cannot be kept makes a bad line${words.join()}`, async t => {
    const lines = [
      lineOf('ada@example.com', { id: idOf(1).toUpperCase() }),
      lineOf('ada@example.com', { id: idOf(1) }),
      lineOf('ada@example.com', { id: idOf(2) }),
      lineOf('ben@example.com', { id: idOf(1) }),
      ada,
    ]
    const { folder, ...finished } = await imported(t, lines.join(''), words)
    const reasons = [
      'Line 3 is skipped: email already exists with another id.\n',
      'Line 4 is skipped: id is taken by another user.\n',
    ]
    const method = words.length === 0 ? 'imported' : 'would be imported'
    const stdout = `1 ${method}, 2 already present, 2 skipped as invalid.\n`
    t.strictSame(finished, { exitCode: 1, stdout, stderr: reasons.join('') })
    if (words.length > 0) return
    t.hasStrict(await usersIn(folder), [{ id: idOf(1), email: 'ada@example.com' }])
    const stdin = async function* () {
      yield Buffer.from(lines.join(''))
    }
    const dry = await fastAuthCommand(['import', '-', '--dry-run'], folder, env, { stdin: stdin() })
    t.strictSame(dry, {
      exitCode: 1,
      stdout: '0 would be imported, 3 already present, 2 skipped as invalid.\n',
      stderr: reasons.join(''),
    })
  })
}

t.test('users without a password are imported, and counted', async t => {
  const { folder, ...finished } = await imported(t, ada + lineOf('ben@example.com', { passwordHash: null }))
  const stdout = '2 imported, 1 of them without a password, 0 already present, 0 skipped as invalid.\n'
  t.strictSame(finished, { exitCode: 0, stdout, stderr: '' })
  t.hasStrict(await usersIn(folder), [{ passwordHash }, { passwordHash: null }])
})

t.test('a dry run says the same and writes nothing, not even a file', async t => {
  const lines = `${ada}not JSON\n${ada}${ben}${lineOf('dan@example.com', { username: 'ada' })}`
  const { folder, ...dry } = await imported(t, lines, ['--dry-run'])
  const stderr = 'Line 2 is skipped: it is not JSON.\nLine 5 is skipped: username is taken by another user.\n'
  t.strictSame(dry, { exitCode: 1, stdout: '2 would be imported, 1 already present, 2 skipped as invalid.\n', stderr })
  t.notOk(existsSync(join(folder, 'users.db')))
  const real = await fastAuthCommand(['import', 'users.ndjson'], folder, env)
  t.strictSame(real, { exitCode: 1, stdout: '2 imported, 1 already present, 2 skipped as invalid.\n', stderr })
})

t.test('a dry run knows who is in the storage already', async t => {
  const { folder } = await imported(t, ada)
  const lines = ada + ben + lineOf('dan@example.com', { username: 'ada' })
  const stdin = async function* () {
    yield Buffer.from(lines)
  }
  const dry = await fastAuthCommand(['import', '-', '--dry-run'], folder, env, { stdin: stdin() })
  t.hasStrict(dry, { stdout: '1 would be imported, 1 already present, 1 skipped as invalid.\n' })
  t.strictSame(await emailsIn(folder), ['ada'])
})

/** An import from stdin that is stopped on the way. */
async function stopped(t: Test, settings: (stop: () => void) => ShellSettings & { readonly stopsAtWarning?: boolean }) {
  const folder = t.testdir()
  const stop = () => signals.emit('SIGINT')
  const { stopsAtWarning = false, ...rest } = settings(() => stop())
  const { context, signals, stdout, stderr } = shell(folder, env, rest)
  const write = (text: string) => {
    context.stderr.write(text)
    if (stopsAtWarning) stop()
  }
  const exitCode = await importUsers({ ...context, stderr: { write } }, { file: '-' })
  return { folder, exitCode, stdout: stdout(), stderr: stderr() }
}

t.test('an import that waits for more is stopped by a signal, and goes on when it is run again', async t => {
  const { folder, ...finished } = await stopped(t, stop => ({
    stdin: (async function* () {
      yield Buffer.from(ada + ben.slice(0, 20))
      stop()
      await new Promise(() => {})
    })(),
  }))
  t.strictSame(finished, {
    exitCode: 1,
    stdout: '1 imported, 0 already present, 0 skipped as invalid.\n',
    stderr: 'Stopped before the end: run the same command again to continue.\n',
  })
  t.strictSame(await emailsIn(folder), ['ada'])
  const stdin = async function* () {
    yield Buffer.from(ada + ben)
  }
  const again = await fastAuthCommand(['import', '-'], folder, env, { stdin: stdin() })
  t.hasStrict(again, { exitCode: 0, stdout: '1 imported, 1 already present, 0 skipped as invalid.\n' })
})

for (const [title, chunks] of [
  ['the next line', [`${ada}not JSON\n${ben}`]],
  ['the next piece', [`${ada}not JSON\n`, ben]],
] as const) {
  t.test(`a signal stops an import before ${title}`, async t => {
    const { folder, exitCode, stdout } = await stopped(t, () => ({
      stopsAtWarning: true,
      stdin: (async function* () {
        for (const chunk of chunks) yield Buffer.from(chunk)
      })(),
    }))
    t.strictSame([exitCode, stdout], [1, '1 imported, 0 already present, 1 skipped as invalid.\n'])
    t.strictSame(await emailsIn(folder), ['ada'])
  })
}

t.test('a storage that fails ends the import with the number of the line', async t => {
  const folder = t.testdir()
  const stdin = async function* () {
    yield Buffer.from(ada)
    const handle = new Libsql(join(folder, 'users.db'))
    handle.exec('drop table fast_auth_users')
    handle.close()
    yield Buffer.from(ben)
  }
  const { exitCode, stdout, stderr } = await fastAuthCommand(['import', '-'], folder, env, { stdin: stdin() })
  t.strictSame({ exitCode, stdout }, { exitCode: 1, stdout: '' })
  t.match(stderr, /^fast-auth: Line 2 could not be written: no such table.+ run the same command again to continue\n$/)
})

t.test('a file that cannot be read is refused in a sentence', async t => {
  const folder = t.testdir({ folder: {} })
  t.match(await fastAuthCommand(['import', 'none.ndjson'], folder, env), {
    exitCode: 1,
    stderr: /^fast-auth: Cannot read .+none\.ndjson: ENOENT/,
  })
  t.match(await fastAuthCommand(['import', 'folder'], folder, env), { exitCode: 1, stderr: /^fast-auth: EISDIR/ })
})

t.test('on a terminal there is a bar, which is gone at the end', async t => {
  const lines = Array.from({ length: 200 }, (_, index) => lineOf(`user${index}@example.com`)).join('')
  const folder = t.testdir({ 'users.ndjson': lines })
  const { stderr } = await fastAuthCommand(['import', 'users.ndjson', '--dry-run'], folder, env, { isTTY: true })
  t.match(stderr, /\[#{15}-{15}\] 49 % 100 lines\r/)
  t.ok(stderr.endsWith('100 % 200 lines\r\u001b[K'))
})
