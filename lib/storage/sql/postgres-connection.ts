import type { CompiledQuery, QueryResult } from 'kysely'
import { PooledConnection } from './pooled-connection.js'
import { isRefusal } from './postgres-engine.js'
import type { StatementNames } from './statement-names.js'

/** The query options of `pg` that the storage uses. */
export interface PostgresStatement {
  readonly text: string
  readonly values: unknown[]
  readonly name?: string
}

/** A client borrowed from a `pg` pool, with the members that the storage uses. */
export interface PostgresClient {
  query(statement: PostgresStatement): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>
  release(isBroken?: boolean): void
  /** Allows the process to exit while only this connection is open. */
  unref?(): void
  on(event: 'error' | 'end', listener: () => void): unknown
  on(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  off(event: 'error' | 'end', listener: () => void): unknown
  off(event: 'notification', listener: (message: PostgresNotification) => void): unknown
}

/** A notification sent by NOTIFY. */
export interface PostgresNotification {
  readonly channel: string
  readonly payload?: string | undefined
}

/** The pending statement rejects anyway; an error event without a listener would terminate the process. */
const ignore = () => undefined

export interface StatementSettings {
  /** `null`: statements are not prepared. */
  readonly names: StatementNames | null
  /** `null`: statements have no time limit. */
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

  /** A statement without parameters, such as COMMIT, is not worth preparing. */
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
