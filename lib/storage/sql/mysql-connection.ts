import type { CompiledQuery, QueryResult } from 'kysely'
import { isRefusal } from './mysql-engine.js'
import { PooledConnection } from './pooled-connection.js'

/** What is asked of a connection of `mysql2`. */
export interface MysqlStatement {
  readonly sql: string
  readonly values: (string | number | null)[]
  readonly typeCast: (field: unknown, next: () => unknown) => unknown
  readonly rowsAsArray: false
}

type Answered = (error: unknown, result: unknown) => void

/** A connection that a pool of `mysql2` has lent: all that is used of it. */
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

/** As `mysql2` would, whatever the pool has been told. */
const typeCast: MysqlStatement['typeCast'] = (_, next) => next()

export class MysqlPooledConnection extends PooledConnection {
  readonly #connection: MysqlConnection

  constructor(connection: MysqlConnection, timeoutMilliseconds: number | null) {
    super(timeoutMilliseconds)
    this.#connection = connection
  }

  /**
   * What has parameters is prepared, so that no value is ever part of a statement's text: how `mysql2` would quote it is
   * wrong where the server has `NO_BACKSLASH_ESCAPES`. The pool's own settings of how rows look don't count.
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
