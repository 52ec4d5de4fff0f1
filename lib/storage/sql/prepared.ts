import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Tables } from './tables.js'

/** Stands where each run has a value of its own. */
class Place<Name> {
  constructor(readonly name: Name) {}
}

/** Runs on the database or in a transaction of it. */
export type Prepared<Values, Row> = (database: Kysely<Tables>, values: Values) => Promise<QueryResult<Row>>

/**
 * A query that is built and compiled at its first run, and run with other values each time: building one takes longer than
 * SQLite takes to run it.
 * @param build Is given a place for every value, to be used as the value would be. The query must have no others.
 */
export function prepared<Values extends object, Row>(
  build: (database: Kysely<Tables>, places: Values) => Compilable<Row>,
): Prepared<Values, Row> {
  const places = new Proxy({} as Values, { get: (_, name) => new Place(name) })
  let compiled: CompiledQuery<Row> | undefined

  return (database, values) => {
    compiled ??= build(database, places).compile()
    const parameters = compiled.parameters.map(place => values[(place as Place<keyof Values>).name])
    return database.executeQuery<Row>({ ...compiled, parameters })
  }
}
