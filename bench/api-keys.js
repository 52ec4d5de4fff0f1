// Measures how the number of API keys affects the speed. Compares the uncached check of a key, and the list of a user with
// 100 keys, in SQLite files with 1,000 and with 1,000,000 keys.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { sqliteStorage } from '../dist/lib/engines/sqlite.js'
import { print } from './report.js'
import { longOrShort } from './settings.js'
import { compare } from './side-by-side.js'

const keysPerUser = 100
const now = Date.now()

/** @param {string} text */
const digest = text => /** @type {never} */ (createHash('sha256').update(text).digest('base64url'))

/**
 * Creates a file with `size` keys, 100 for each user. Writes them with SQL, because the storage creates only one key per call.
 * @param {string} folder @param {number} size
 */
async function fill(folder, size) {
  const file = join(folder, `${size}.db`)
  const storage = sqliteStorage({ file })
  await storage.migrate()
  const handle = new Libsql(file)
  const addUser = handle.prepare(
    `insert into fast_auth_users (id, email, password_hash, profile, created_at) values (?, ?, 'x', '{}', ?)`,
  )
  const addKey = handle.prepare(
    `insert into fast_auth_api_keys (id, user_id, hash, name, key_prefix, last_four, scopes, created_at)
     values (?, ?, ?, ?, 'sk-abcd', 'wxyz', '["reports:read"]', ?)`,
  )
  /** @type {string[]} */
  const userIds = []
  handle.exec('begin')
  for (let index = 0; index < size; index += 1) {
    if (index % keysPerUser === 0) {
      userIds.push(randomUUID())
      addUser.run(userIds.at(-1), `user-${index}@example.com`, now)
    }
    addKey.run(randomUUID(), userIds.at(-1), digest(`${size} ${index}`), randomBytes(8).toString('hex'), now + index)
  }
  handle.exec('commit')
  handle.close()
  return { size, file, storage, userIds }
}

/** @typedef {Awaited<ReturnType<typeof fill>>} Filled */

/** The measured calls. Each call reads a random key or user. @type {Record<string, (filled: Filled) => Promise<unknown>>} */
const tasks = {
  'uncached check': ({ size, storage }) =>
    storage.apiKeys.findByHash({ hash: digest(`${size} ${Math.floor(Math.random() * size)}`), now }),
  'check of an unknown key': ({ storage }) => storage.apiKeys.findByHash({ hash: digest(randomUUID()), now }),
  'list of a user with 100 keys': ({ storage, userIds }) =>
    storage.apiKeys.list({
      userId: userIds[Math.floor(Math.random() * userIds.length)] ?? '',
      limit: 100,
      offset: 0,
      sortBy: 'name',
      sortOrder: 'asc',
    }),
}

const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
try {
  const [few, many] = [await fill(folder, 1_000), await fill(folder, longOrShort(1_000_000, 2_000))]
  for (const { size, file } of [few, many])
    print(`${size.toLocaleString('en')} keys: ${Math.round(statSync(file).size / 1e6)} MB`)
  await compare('api-keys', [few, many], tasks, ['libsql'])
  for (const { storage } of [few, many]) await storage.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
