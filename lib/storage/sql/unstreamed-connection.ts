import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

/** A connection for the storage, which reads no more rows than it can hold. */
export abstract class UnstreamedConnection implements DatabaseConnection {
  abstract executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>

  streamQuery(): never {
    throw new Error('The storage streams no queries')
  }
}
