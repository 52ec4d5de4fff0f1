// Tests the SQLite storage with node:sqlite on a file and two connections: node .ci/node-sqlite.mjs
// Node.js 20 lacks this module.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { storageConformance } from 'fast-auth/conformance'
import { sqliteStorage } from 'fast-auth/storage/sqlite'

const folder = mkdtempSync(join(tmpdir(), 'fast-auth-'))
after(() => rmSync(folder, { recursive: true }))

function open() {
  const database = new DatabaseSync(join(folder, 'auth.db'))
  database.exec('pragma journal_mode = wal; pragma synchronous = normal')
  const storage = sqliteStorage({ database })
  const close = async () => {
    await storage.close()
    database.close()
  }
  return { ...storage, close }
}

storageConformance(test, async () => ({ storage: open(), connect: async () => open() }))
