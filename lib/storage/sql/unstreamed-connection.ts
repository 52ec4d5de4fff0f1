import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** A connection without streaming: the storage never reads more rows than fit into memory. */
export abstract class UnstreamedConnection implements DatabaseConnection {
  abstract executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>

  streamQuery(): never {
    throw new Error('The storage streams no queries')
  }
}
