import type { CompiledQuery, QueryResult } from 'kysely'
import type { PooledConnection } from './pool-driver.js'
import { isOutdatedPlan } from './postgres-engine.js'
import type { StatementNames } from './statement-names.js'
import { UnstreamedConnection } from './unstreamed-connection.js'

/** What is asked of a client of `pg`. */
export interface PostgresStatement {
  readonly text: string
  readonly values: unknown[]
  readonly name?: string
  readonly query_timeout?: number
}

/** A client that a pool of `pg` has lent: all that is used of it. */
export interface PostgresClient {
  query(statement: PostgresStatement): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>
  release(isBroken?: boolean): void
}

export interface StatementSettings {
  /** `null`: statements are not prepared. */
  readonly names: StatementNames | null
  /** `null`: a statement may take its time. */
  readonly timeoutMilliseconds: number | null
}

/** Errors of the server's have it. After any other, a broken connection or a time limit, who knows what is still going on. */
const isAnswer = (error: unknown) => typeof error === 'object' && error !== null && 'severity' in error

export class PostgresConnection extends UnstreamedConnection implements PooledConnection {
  readonly #client: PostgresClient
  readonly #settings: StatementSettings
  #isBroken = false

  constructor(client: PostgresClient, settings: StatementSettings) {
    super()
    this.#client = client
    this.#settings = settings
  }

  /** What has no parameters, a COMMIT for one, is not worth preparing. */
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { names, timeoutMilliseconds } = this.#settings
    const name = parameters.length === 0 ? undefined : names?.nameOf(sql)
    try {
      const { rows, rowCount } = await this.#client.query({
        text: sql,
        values: [...parameters],
        ...(name === undefined ? {} : { name }),
        ...(timeoutMilliseconds === null ? {} : { query_timeout: timeoutMilliseconds }),
      })
      return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) }
    } catch (error) {
      this.#isBroken ||= !isAnswer(error)
      if (isOutdatedPlan(error)) names?.renew()
      throw error
    }
  }

  release(): void {
    this.#client.release(this.#isBroken)
  }
}
