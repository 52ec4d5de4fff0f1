import type { CompiledQuery, QueryResult } from 'kysely'
import { isRefusal } from './mysql-engine.js'
import { PooledConnection } from './pooled-connection.js'

/** The query options of `mysql2` that the storage uses. */
export interface MysqlStatement {
  readonly sql: string
  readonly values: (string | number | null)[]
  readonly typeCast: (field: unknown, next: () => unknown) => unknown
  readonly rowsAsArray: false
}

type Answered = (error: unknown, result: unknown) => void

/** A connection borrowed from a `mysql2` pool, with the members that the storage uses. */
export interface MysqlConnection {
  query(statement: MysqlStatement, answered: Answered): unknown
  execute(statement: MysqlStatement, answered: Answered): unknown
  release(): void
  destroy(): void
}

function toResult<Row>(result: unknown): QueryResult<Row> {
  if (Array.isArray(result)) return { rows: result }
  const { affectedRows } = result as { readonly affectedRows: number }
  return { rows: [], numAffectedRows: BigInt(affectedRows) }
}

/** The default conversion of `mysql2`, regardless of the pool's settings. */
const typeCast: MysqlStatement['typeCast'] = (_, next) => next()

export class MysqlPooledConnection extends PooledConnection {
  readonly #connection: MysqlConnection

  constructor(connection: MysqlConnection, timeoutMilliseconds: number | null) {
    super(timeoutMilliseconds)
    this.#connection = connection
  }

  /**
   * Statements with parameters are prepared, so no value is part of a statement's text: the quoting of `mysql2` is wrong if
   * the server uses `NO_BACKSLASH_ESCAPES`. Overrides the pool's settings for the format of rows.
   */
  protected send<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters as MysqlStatement['values']
    const statement: MysqlStatement = { sql, values, typeCast, rowsAsArray: false }
    const way = values.length === 0 ? 'query' : 'execute'
    return new Promise((resolve, reject) =>
      this.#connection[way](statement, (error, result) => (error ? reject(error) : resolve(toResult(result)))),
    )
  }

  protected isAnswer(error: object): boolean {
    return 'sqlState' in error
  }

  get lent(): object {
    return this.#connection
  }

  protected isRefusal(error: object): boolean {
    return isRefusal(error)
  }

  protected giveBack(isBroken: boolean): void {
    if (isBroken) this.#connection.destroy()
    else this.#connection.release()
  }
}
