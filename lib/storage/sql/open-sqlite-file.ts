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
 * Creates an empty file that only its owner can read and write, if there is none. SQLite treats it as an empty database, and
 * creates the files `-wal`, `-shm` and `-journal` with the same mode. An existing file keeps its mode.
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
    // The file is locked, so it is a database.
    if (!isBusy(error)) {
      handle.close()
      throw error
    }
  }
  return handle
}

/**
 * Opens a file, or `:memory:`, with the package `libsql`. Creates a missing file that only its owner can access (mode 0600).
 * Reads the header of the file, so a file that is not a database is rejected here and not by the first method.
 * @param require Resolves the package. Default: from this module.
 * @throws {Error} The package, the folder or a valid database is missing; the cause is the driver's own error.
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
