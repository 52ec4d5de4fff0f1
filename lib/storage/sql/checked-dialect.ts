import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely'
import { storableText } from './storable-text.js'
import { UnstreamedConnection } from './unstreamed-connection.js'

/** Matches columns and counts that hold numbers. Drivers return large integers as text or as bigint. */
export const isNumberColumn = (name: string) =>
  /(?:_at|generation|attempts|version|total|step|counter|backed_up|tries_left|member_count)$/.test(name)

/** Changes the row in place: the caller owns it. */
function withNumbers<Row>(row: Row): Row {
  const columns = row as Record<string, unknown>
  for (const name of Object.keys(columns)) {
    if (columns[name] !== null && isNumberColumn(name)) columns[name] = Number(columns[name])
  }
  return row
}

const storable = (value: unknown) => (typeof value === 'string' ? storableText(value) : value)

/**
 * Rejects text that the database would not return unchanged. Converts numbers to JavaScript numbers, whichever form
 * the driver returns.
 */
class CheckedConnection extends UnstreamedConnection {
  constructor(readonly unchecked: DatabaseConnection) {
    super()
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.unchecked.executeQuery<Row>({ ...query, parameters: query.parameters.map(storable) })
    return { ...result, rows: result.rows.map(withNumbers) }
  }
}

/**
 * Adapts the driver of another dialect. Every transaction uses READ COMMITTED, regardless of the server's default: the methods
 * lock first and read afterwards, and would see outdated rows with REPEATABLE READ.
 */
class CheckedDriver implements Driver {
  readonly #driver: Driver
  readonly #closing: AbortSignal

  constructor(driver: Driver, closing: AbortSignal) {
    this.#driver = driver
    this.#closing = closing
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<CheckedConnection> {
    this.#closing.throwIfAborted()
    return new CheckedConnection(await this.#driver.acquireConnection())
  }

  beginTransaction({ unchecked }: CheckedConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel = 'read committed' } = settings
    return this.#driver.beginTransaction(unchecked, { ...settings, isolationLevel })
  }

  commitTransaction({ unchecked }: CheckedConnection): Promise<void> {
    return this.#driver.commitTransaction(unchecked)
  }

  /** Ignores errors: a broken connection has nothing to roll back, and the original error is the one to report. */
  async rollbackTransaction({ unchecked }: CheckedConnection): Promise<void> {
    await this.#driver.rollbackTransaction(unchecked).catch(() => undefined)
  }

  releaseConnection({ unchecked }: CheckedConnection): Promise<void> {
    return this.#driver.releaseConnection(unchecked)
  }

  /** Does nothing: the owner of the wrapped dialect closes it. */
  async destroy(): Promise<void> {}
}

/** Creates the dialect for one storage. After `closing` aborts, its queries reject with the reason; no connection is closed. */
export function checkedDialect(dialect: Dialect, closing: AbortSignal): Dialect {
  return {
    createDriver: () => new CheckedDriver(dialect.createDriver(), closing),
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: database => dialect.createIntrospector(database),
  }
}
