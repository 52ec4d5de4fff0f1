import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { ada } from '../support/account.js'
import { pepper } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { mainWords } from './fixtures/main-words.js'
import { fastAuthCommand } from './fixtures/shell.js'

const env = { DATABASE_URL: 'sqlite:users.db', PASSWORD_HASHER: 'bcrypt:10' }
const created = /^Created user [\da-f-]{36} with the address ada@example\.com\.\n$/

const typed = (text: string) => ({ stdin: Readable.from([Buffer.from(text)]) })

/** Returns Ada’s record in this folder’s database, and a function that signs her in. */
async function serverOn(t: Test, folder: string, ring: readonly string[] = []) {
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  const passwords = { hasher: 'bcrypt:10', pepper: [...ring] } as const
  const { app } = await testApplication(t, { options: { storage, passwords } })
  const signIn = async (password: string) =>
    (await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, password } })).statusCode
  return { user: await app.fastAuth.findUser(ada), signIn }
}

t.test('user create makes a user with the password of the standard input, which is shown nowhere', async t => {
  const folder = t.testdir()
  const finished = await fastAuthCommand(['user', 'create', 'Ada@EXAMPLE.com'], folder, env, typed(`${ada.password}\n`))
  t.match(finished, { exitCode: 0, stdout: created, stderr: 'Type the password and press Enter: ' })
  t.notMatch(JSON.stringify(finished), ada.password)
  const { user, signIn } = await serverOn(t, folder)
  t.hasStrict(user, { email: ada.email, emailConfirmedAt: null, profile: {} })
  t.equal(await signIn(ada.password), 200)
})

t.test('--confirmed says that the address is known to be theirs', async t => {
  const folder = t.testdir()
  const words = ['user', 'create', ada.email, '--confirmed', '--password-file', '-']
  t.match(await fastAuthCommand(words, folder, env, typed(ada.password)), { exitCode: 0, stdout: created })
  t.type((await serverOn(t, folder)).user?.emailConfirmedAt, 'number')
})

t.test('--username sets a user name that no other user has', async t => {
  const folder = t.testdir()
  const create = (email: string) =>
    fastAuthCommand(['user', 'create', email, '--username', 'Ada'], folder, env, typed(ada.password))
  t.match(await create(ada.email), { exitCode: 0, stdout: created })
  t.equal((await serverOn(t, folder)).user?.username, 'ada')
  t.match(await create('ben@example.com'), { exitCode: 1, stderr: /A user with this user name already exists\.\n$/ })
})

for (const [how, text] of Object.entries({
  'without a line end': ada.password,
  'with one': `${ada.password}\n`,
  'with one of Windows': `${ada.password}\r\n`,
})) {
  t.test(`--password-file reads the first line of a file, ${how}`, async t => {
    const folder = t.testdir({ 'password.txt': text })
    const words = ['user', 'create', ada.email, '--password-file', 'password.txt']
    const finished = await fastAuthCommand(words, folder, env)
    t.match(finished.stdout, created)
    t.hasStrict(finished, { exitCode: 0, stderr: '' })
    t.equal(await (await serverOn(t, folder)).signIn(ada.password), 200)
  })
}

t.test('the password is hashed as serve does it, with its pepper', async t => {
  const folder = t.testdir()
  const peppered = { ...env, HASHER_SECRET_KEY: pepper }
  await fastAuthCommand(['user', 'create', ada.email], folder, peppered, typed(ada.password))
  t.equal(await (await serverOn(t, folder)).signIn(ada.password), 401)
  t.equal(await (await serverOn(t, folder, [pepper])).signIn(ada.password), 200)
})

const refusals = {
  'a password that a sign-up would refuse': { text: 'password', sentence: /^The password / },
  'no password at all': { text: '', sentence: /^The password / },
  'an address that is none': { email: 'ada@', sentence: /must be one plain e-mail address such as ada@example\.com/ },
  'a file that is not there': { words: ['--password-file', 'none.txt'], sentence: /^Cannot read .+none\.txt: ENOENT/ },
}

for (const [what, { text = ada.password, email = ada.email, words = [], sentence }] of Object.entries<{
  text?: string
  email?: string
  words?: readonly string[]
  sentence: RegExp
}>(refusals)) {
  t.test(`user create refuses ${what}, and creates no user`, async t => {
    const folder = t.testdir()
    const finished = await fastAuthCommand(['user', 'create', email, ...words], folder, env, typed(text))
    t.hasStrict(finished, { exitCode: 1, stdout: '' })
    t.match(finished.stderr.replace('Type the password and press Enter: ', '').replace(/^fast-auth: /, ''), sentence)
    t.equal((await serverOn(t, folder)).user, null)
  })
}

t.test('user create says that the address is taken, and changes nothing', async t => {
  const folder = t.testdir()
  await fastAuthCommand(['user', 'create', ada.email], folder, env, typed(ada.password))
  const again = await fastAuthCommand(['user', 'create', ada.email], folder, env, typed('another horse battery'))
  t.hasStrict(again, { exitCode: 1, stdout: '' })
  t.match(again.stderr, /fast-auth: A user with this address already exists\.\n$/)
  t.equal(await (await serverOn(t, folder)).signIn(ada.password), 200)
})

t.test('the process reads the password from its standard input, and ends when the line does', async t => {
  const folder = t.testdir()
  const { status, stdout } = spawnSync(process.execPath, [...mainWords, 'user', 'create', ada.email], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: `${ada.password}\n`,
  })
  t.match(stdout, created)
  t.equal(status, 0)
})

t.test('with ORGANIZATIONS=personal, user create and import create a personal organisation too', async t => {
  const passwordHash = '$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2'
  const folder = t.testdir({ 'users.ndjson': `${JSON.stringify({ email: 'grace@example.com', passwordHash })}\n` })
  const personal = { ...env, ORGANIZATIONS: 'personal' }
  await fastAuthCommand(['user', 'create', ada.email], folder, personal, typed(ada.password))
  await fastAuthCommand(['import', 'users.ndjson'], folder, personal)
  await fastAuthCommand(['user', 'create', 'mary@example.com'], folder, env, typed(ada.password))
  const storage = sqliteStorage({ file: resolve(folder, 'users.db') })
  t.teardown(() => storage.close())
  const kindsOf = async (email: string) => {
    const user = await storage.users.findByEmail({ email })
    const found = await storage.organizations.list({ userId: String(user?.id), limit: 10 })
    return found.map(({ organization }) => organization.kind)
  }
  t.strictSame(await kindsOf(ada.email), ['personal'])
  t.strictSame(await kindsOf('grace@example.com'), ['personal'])
  t.strictSame(await kindsOf('mary@example.com'), [])
})
