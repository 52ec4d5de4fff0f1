const optionNames = ['file', 'database', 'busyTimeoutMilliseconds', 'synchronous']
const synchronousWords: readonly unknown[] = ['full', 'normal', undefined]

function isHandle(database: unknown): boolean {
  if (typeof database !== 'object' || database === null) return false
  return ['prepare', 'exec'].every(method => typeof Reflect.get(database, method) === 'function')
}

/** Accepts any path, but no URL: SQLite would silently create a file with the URL as its name. */
function isPath(file: unknown): boolean {
  return typeof file === 'string' && file !== '' && !file.includes('\0') && !/^[a-z][a-z+.-]+:/i.test(file)
}

/**
 * Validates the options before any file is opened, including rules that the types cannot express.
 * @throws {TypeError} An option is invalid; the message names it.
 */
export function assertSqliteOptions(options: object): void {
  const { file, database, busyTimeoutMilliseconds = 0, synchronous } = options as Record<string, unknown>
  const unknownName = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknownName !== undefined) throw new TypeError(`sqliteStorage has no option "${unknownName}"`)
  if ((file === undefined) === (database === undefined))
    throw new TypeError('sqliteStorage needs exactly one of the options "file" and "database"')
  if (file !== undefined && !isPath(file))
    throw new TypeError('The option "file" of sqliteStorage must be the path of a file, or ":memory:"')
  if (database !== undefined && !isHandle(database))
    throw new TypeError(
      'The option "database" of sqliteStorage must be an open connection of libsql, better-sqlite3 or node:sqlite',
    )
  if (!Number.isSafeInteger(busyTimeoutMilliseconds) || Number(busyTimeoutMilliseconds) < 0)
    throw new TypeError('The option "busyTimeoutMilliseconds" of sqliteStorage must be a whole number, 0 or more')
  if (!synchronousWords.includes(synchronous))
    throw new TypeError('The option "synchronous" of sqliteStorage must be "full" or "normal"')
  if (synchronous !== undefined && file === undefined)
    throw new TypeError('The option "synchronous" of sqliteStorage is for a "file": set it on your connection yourself')
}
