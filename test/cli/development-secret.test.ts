import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { developmentSecret } from '../../lib/cli/development-secret.js'
import { secret as someSecret } from '../support/secret.js'

const withoutModes = process.platform === 'win32' && 'Windows has no file modes'

t.test('the secret is made once and kept', async t => {
  const folder = t.testdir()
  const { secret, file } = await developmentSecret(folder)
  t.match(secret, /^[\w-]{43}$/)
  t.equal(file, join(folder, '.fast-auth', 'secret'))
  t.equal(readFileSync(file, 'utf8'), `${secret}\n`)
  t.same(await developmentSecret(folder), { secret, file })
})

t.test('two folders have two secrets', async t => {
  const folder = t.testdir({ one: {}, two: {} })
  const one = await developmentSecret(join(folder, 'one'))
  const two = await developmentSecret(join(folder, 'two'))
  t.not(one.secret, two.secret)
})

t.test('only the owner may read the secret', { skip: withoutModes }, async t => {
  const folder = t.testdir()
  const { file } = await developmentSecret(folder)
  t.equal(statSync(join(folder, '.fast-auth')).mode & 0o777, 0o700)
  t.equal(statSync(file).mode & 0o777, 0o600)
})

t.test('many processes that start concurrently in one folder get the same secret', async t => {
  const folder = t.testdir()
  const made = await Promise.all(Array.from({ length: 50 }, () => developmentSecret(folder)))
  t.equal(new Set(made.map(({ secret }) => secret)).size, 1)
})

t.test('a file that another process has made but not yet written is waited for', async t => {
  const folder = t.testdir({ '.fast-auth': { secret: '' } })
  const found = developmentSecret(folder)
  await sleep(100)
  writeFileSync(join(folder, '.fast-auth', 'secret'), `${someSecret}\n`)
  t.hasStrict(await found, { secret: someSecret })
})

t.test('a file without a secret is refused with what to do about it', async t => {
  const folder = t.testdir({ '.fast-auth': { secret: 'hunter2\n' } })
  await t.rejects(developmentSecret(folder), {
    message: `Cannot keep the development secret in ${join(folder, '.fast-auth', 'secret')}: it contains no secret of 32 characters or more. Delete it; the next start creates a new one`,
  })
})

t.test('a folder that cannot be made is refused', async t => {
  const folder = t.testdir({ '.fast-auth': 'a file' })
  await t.rejects(developmentSecret(folder), { message: /^Cannot keep the development secret in .+: EEXIST/ })
})

t.test('a file that cannot be read is refused', async t => {
  const folder = t.testdir({ '.fast-auth': { secret: {} } })
  await t.rejects(developmentSecret(folder), { message: /^Cannot keep the development secret in .+: EISDIR/ })
})

/** Runs as a user without all permissions. */
async function asNobody<T>(attempt: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return attempt()
  process.seteuid?.(65_534)
  try {
    return await attempt()
  } finally {
    process.seteuid?.(0)
  }
}

t.test('a file that cannot be written is refused', { skip: withoutModes }, async t => {
  const folder = t.testdir({ '.fast-auth': {} })
  chmodSync(join(folder, '.fast-auth'), 0o500)
  const refused = asNobody(() => developmentSecret(folder))
  await t.rejects(refused, { message: /^Cannot keep the development secret in .+: EACCES/ })
})
