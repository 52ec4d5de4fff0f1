import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Tables } from './tables.js'

/** Placeholder for a value that each run supplies. */
class Place<Name> {
  constructor(readonly name: Name) {}
}

/** Runs on the database or in one of its transactions. */
export type Prepared<Values, Row> = (database: Kysely<Tables>, values: Values) => Promise<QueryResult<Row>>

/**
 * Creates a query that is built and compiled at its first run, and then runs with other values: building a query takes
 * longer than SQLite takes to run it.
 * @param build Receives a placeholder for every value, and uses it like the value. The query must contain no other values.
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
