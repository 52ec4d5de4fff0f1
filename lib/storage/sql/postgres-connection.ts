import type { CompiledQuery, QueryResult } from 'kysely'
import { PooledConnection } from './pooled-connection.js'
import { isRefusal } from './postgres-engine.js'
import type { StatementNames } from './statement-names.js'

/** What is asked of a client of `pg`. */
export interface PostgresStatement {
  readonly text: string
  readonly values: unknown[]
  readonly name?: string
}

/** A client that a pool of `pg` has lent: all that is used of it. */
export interface PostgresClient {
  query(statement: PostgresStatement): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>
  release(isBroken?: boolean): void
  /** While nothing but this connection is open, the process may end. */
  unref?(): void
  on(event: 'error' | 'end', listener: () => void): unknown
  on(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  off(event: 'error' | 'end', listener: () => void): unknown
  off(event: 'notification', listener: (message: PostgresNotification) => void): unknown
}

/** What NOTIFY sends. */
export interface PostgresNotification {
  readonly channel: string
  readonly payload?: string | undefined
}

/** The statement that was under way rejects; but an event without a listener would end the process. */
const ignore = () => undefined

export interface StatementSettings {
  /** `null`: statements are not prepared. */
  readonly names: StatementNames | null
  /** `null`: a statement may take its time. */
  readonly timeoutMilliseconds: number | null
}

export class PostgresConnection extends PooledConnection {
  readonly #client: PostgresClient
  readonly #names: StatementNames | null

  constructor(client: PostgresClient, { names, timeoutMilliseconds }: StatementSettings) {
    super(timeoutMilliseconds)
    this.#client = client
    this.#names = names
    client.on('error', ignore)
  }

  /** What has no parameters, a COMMIT for one, is not worth preparing. */
  protected async send<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = parameters.length === 0 ? undefined : this.#names?.nameOf(sql)
    const statement = { text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) }
    const { rows, rowCount } = await this.#client.query(statement)
    return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) }
  }

  protected isAnswer(error: object): boolean {
    return 'severity' in error
  }

  get lent(): object {
    return this.#client
  }

  protected isRefusal(error: object): boolean {
    return isRefusal(error)
  }

  protected giveBack(isBroken: boolean): void {
    this.#client.release(isBroken)
    this.#client.off('error', ignore)
  }
}
