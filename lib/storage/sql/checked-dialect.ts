import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely'
import { storableText } from './storable-text.js'
import { UnstreamedConnection } from './unstreamed-connection.js'

/** The columns that hold numbers, by name, and what is counted. Drivers hand large integers over as text, or as bigint. */
export const isNumberColumn = (name: string) => /(?:_at|generation|attempts|version|total)$/.test(name)

/** The row is the caller's own. */
function withNumbers<Row>(row: Row): Row {
  const columns = row as Record<string, unknown>
  for (const name of Object.keys(columns)) {
    if (columns[name] !== null && isNumberColumn(name)) columns[name] = Number(columns[name])
  }
  return row
}

const storable = (value: unknown) => (typeof value === 'string' ? storableText(value) : value)

/** Sends no text that would come back as another, and hands numbers over as numbers, whatever the driver does. */
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
 * Another dialect's driver, made fit for the storage. Every transaction reads what is committed, statement by statement,
 * whatever the server's default: the methods lock first and look then, and would be shown an old picture by "repeatable read".
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

  /** Quiet: a connection that broke has nothing to roll back, and the error that led here is the one to be told. */
  async rollbackTransaction({ unchecked }: CheckedConnection): Promise<void> {
    await this.#driver.rollbackTransaction(unchecked).catch(() => undefined)
  }

  releaseConnection({ unchecked }: CheckedConnection): Promise<void> {
    return this.#driver.releaseConnection(unchecked)
  }

  /** What is behind the dialect is its owner's to close. */
  async destroy(): Promise<void> {}
}

/** The dialect for one storage. After `closing` its queries reject with the reason; no connection is closed. */
export function checkedDialect(dialect: Dialect, closing: AbortSignal): Dialect {
  return {
    createDriver: () => new CheckedDriver(dialect.createDriver(), closing),
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: database => dialect.createIntrospector(database),
  }
}
