import type { CompiledQuery, QueryResult } from 'kysely'
import { withDeadline } from '../../async/with-deadline.js'
import { UnstreamedConnection } from './unstreamed-connection.js'

function inTime<Answer>(answer: Promise<Answer>, limitMilliseconds: number | null): Promise<Answer> {
  if (limitMilliseconds === null) return answer
  const late = () => new Error(`The database did not answer within ${limitMilliseconds} ms`)
  return withDeadline(answer, { milliseconds: limitMilliseconds, late })
}

/**
 * A connection borrowed from a pool. After an error other than the server's reply, or after a timeout, the state of the
 * connection is unknown. Nothing more is sent on it, and the pool is instructed to close it.
 */
export abstract class PooledConnection extends UnstreamedConnection {
  readonly #timeoutMilliseconds: number | null
  #isBroken = false
  #isRefused = false

  /** @param timeoutMilliseconds `null`: statements have no time limit. */
  constructor(timeoutMilliseconds: number | null) {
    super()
    this.#timeoutMilliseconds = timeoutMilliseconds
  }

  protected abstract send<Row>(query: CompiledQuery): Promise<QueryResult<Row>>
  /** The pool's own object, which it lends again later. */
  abstract readonly lent: object

  protected abstract isAnswer(error: object): boolean
  /** Checks whether the connection refuses every further statement of this kind, while a new one may accept it. */
  protected abstract isRefusal(error: object): boolean
  protected abstract giveBack(isBroken: boolean): void

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isBroken) throw new Error('The connection to the database is broken')
    try {
      return await inTime(this.send<Row>(query), this.#timeoutMilliseconds)
    } catch (error) {
      this.#isBroken = !this.isAnswer(Object(error))
      this.#isRefused ||= this.isRefusal(Object(error))
      throw error
    }
  }

  /** Whether the server has refused a statement, so the connection is unusable. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  release(): void {
    this.giveBack(this.#isBroken || this.#isRefused)
  }

  /** Instructs the pool to close the connection. */
  discard(): void {
    this.giveBack(true)
  }
}
