import { type CompiledQuery, type DatabaseConnection, type QueryResult, SelectQueryNode } from 'kysely'
import { retryWhileBusy } from './retry-while-busy.js'
import type { SqliteHandle, SqliteParameter, SqliteStatement } from './sqlite-handle.js'
import { storableText } from './storable-text.js'

/** The storage has fewer statements than this; the limit only guards against mistakes in later changes. */
const maximumStatements = 256

const bound = (value: unknown) => (typeof value === 'string' ? storableText(value) : value) as SqliteParameter

/** One SQLite connection, adapted to Kysely. A statement that meets another connection's lock waits without blocking. */
export class SqliteConnection implements DatabaseConnection {
  readonly #handle: SqliteHandle
  readonly #busyTimeoutMilliseconds: number
  readonly #statements = new Map<string, SqliteStatement>()

  constructor(handle: SqliteHandle, busyTimeoutMilliseconds: number) {
    this.#handle = handle
    this.#busyTimeoutMilliseconds = busyTimeoutMilliseconds
    handle.exec('pragma busy_timeout = 0')
  }

  /** Only queries built with `selectFrom` return rows; a raw statement runs and returns none. */
  executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    return retryWhileBusy(this.#busyTimeoutMilliseconds, () => {
      const statement = this.#prepare(sql)
      const values = parameters.map(bound)
      if (SelectQueryNode.is(query)) return { rows: statement.all(...values) as Row[] }
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
    })
  }

  /** Runs a statement without parameters and ignores its rows. */
  execute(sql: string): Promise<unknown> {
    return retryWhileBusy(this.#busyTimeoutMilliseconds, () => this.#handle.exec(sql))
  }

  streamQuery(): never {
    throw new Error('The SQLite storage streams no queries')
  }

  #prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    if (this.#statements.size >= maximumStatements) this.#statements.clear()
    const statement = this.#handle.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
