import type { CompiledQuery, QueryResult } from 'kysely'
import { UnstreamedConnection } from './unstreamed-connection.js'

function inTime<Answer>(answer: Promise<Answer>, limitMilliseconds: number | null): Promise<Answer> {
  if (limitMilliseconds === null) return answer
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`The database did not answer within ${limitMilliseconds} ms`))
    const timer = setTimeout(giveUp, limitMilliseconds)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * A connection that somebody's pool has lent. After an error that isn't the server's answer, or none in time, nobody knows
 * what is still going on there: nothing more is sent on it, and the pool is told to close it.
 */
export abstract class PooledConnection extends UnstreamedConnection {
  readonly #timeoutMilliseconds: number | null
  #isBroken = false
  #isRefused = false

  /** @param timeoutMilliseconds `null`: a statement may take its time. */
  constructor(timeoutMilliseconds: number | null) {
    super()
    this.#timeoutMilliseconds = timeoutMilliseconds
  }

  protected abstract send<Row>(query: CompiledQuery): Promise<QueryResult<Row>>
  /** What the pool has lent. The pool lends it again. */
  abstract readonly lent: object

  protected abstract isAnswer(error: object): boolean
  /** Whether every further statement of its kind is refused on this connection, and may succeed on a new one. */
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

  /** Whether the server has refused a statement, so that the connection is of no more use. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  release(): void {
    this.giveBack(this.#isBroken || this.#isRefused)
  }

  /** The pool is told to close it. */
  discard(): void {
    this.giveBack(true)
  }
}
