import { closeSync, existsSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { isBusy, type SqliteHandle } from './sqlite-handle.js'

type Libsql = new (file: string) => SqliteHandle

function loadLibsql(require: NodeJS.Require): Libsql {
  try {
    return require('libsql')
  } catch (cause) {
    throw new Error('To open an SQLite file, the package libsql is needed. Install it: npm install libsql', { cause })
  }
}

/**
 * Makes an empty file that its owner alone can read and write, if there is none. SQLite takes it for an empty database, and
 * gives its mode to the files `-wal`, `-shm` and `-journal` beside it. A file that is there keeps the mode that it has.
 */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function openDatabase(Libsql: Libsql, path: string): SqliteHandle {
  const handle = new Libsql(path)
  try {
    handle.exec('pragma schema_version')
  } catch (error) {
    // Locked just now: it is a database, at least.
    if (!isBusy(error)) {
      handle.close()
      throw error
    }
  }
  return handle
}

/**
 * Opens a file, or `:memory:`, with the package `libsql`. A missing file is made, for its owner alone (mode 0600). The head of the file is read, so that
 * one which is no database is refused here and not by the first method.
 * @param require Where the package is looked for: from here, unless told otherwise.
 * @throws {Error} A sentence on what is missing or wrong, with the driver's own error as its cause.
 */
export function openSqliteFile(file: string, require: NodeJS.Require = createRequire(import.meta.url)): SqliteHandle {
  const Libsql = loadLibsql(require)
  const path = file === ':memory:' ? file : resolve(file)
  const folder = dirname(path)
  if (!existsSync(folder)) throw new Error(`Cannot open the SQLite file ${path}: the folder ${folder} does not exist`)
  try {
    if (path !== ':memory:') makePrivateFile(path)
    return openDatabase(Libsql, path)
  } catch (cause) {
    throw new Error(`Cannot open the SQLite file ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
