import type { CompiledQuery, QueryResult } from 'kysely'
import type { PooledConnection } from './pool-driver.js'
import { UnstreamedConnection } from './unstreamed-connection.js'

/** What is asked of a connection of `mysql2`. */
export interface MysqlStatement {
  readonly sql: string
  readonly values: (string | number | null)[]
  readonly timeout?: number
  readonly typeCast: true
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

/** Errors of the server's have it. After any other, a broken connection or a time limit, who knows what is still going on. */
const isAnswer = (error: unknown) => typeof error === 'object' && error !== null && 'sqlState' in error

function toResult<Row>(result: unknown): QueryResult<Row> {
  if (Array.isArray(result)) return { rows: result }
  const { affectedRows } = result as { readonly affectedRows: number }
  return { rows: [], numAffectedRows: BigInt(affectedRows) }
}

export class MysqlPooledConnection extends UnstreamedConnection implements PooledConnection {
  readonly #connection: MysqlConnection
  readonly #timeoutMilliseconds: number | null
  #isBroken = false

  /** @param timeoutMilliseconds `null`: a statement may take its time. */
  constructor(connection: MysqlConnection, timeoutMilliseconds: number | null) {
    super()
    this.#connection = connection
    this.#timeoutMilliseconds = timeoutMilliseconds
  }

  /**
   * What has parameters is prepared, so that no value is ever part of a statement's text: how `mysql2` would quote it is
   * wrong where the server has `NO_BACKSLASH_ESCAPES`. The pool's own settings of how rows look don't count.
   */
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement: MysqlStatement = {
      sql,
      values: parameters as MysqlStatement['values'],
      typeCast: true,
      rowsAsArray: false,
      ...(this.#timeoutMilliseconds === null ? {} : { timeout: this.#timeoutMilliseconds }),
    }
    try {
      return toResult(await this.#send(parameters.length === 0 ? 'query' : 'execute', statement))
    } catch (error) {
      this.#isBroken ||= !isAnswer(error)
      throw error
    }
  }

  #send(way: 'query' | 'execute', statement: MysqlStatement): Promise<unknown> {
    return new Promise((resolve, reject) =>
      this.#connection[way](statement, (error, result) => (error ? reject(error) : resolve(result))),
    )
  }

  release(): void {
    if (this.#isBroken) this.#connection.destroy()
    else this.#connection.release()
  }
}
