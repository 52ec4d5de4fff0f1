import * as schemas from '../../schemas/index.js'

/** Every operation schema, by the name that it is exported under. */
export const operations: readonly (readonly [string, schemas.OperationSchema])[] = Object.entries(schemas).flatMap(
  ([name, schema]) => ('operationId' in schema ? [[name, schema as schemas.OperationSchema] as const] : []),
)

/** The operations of an application whose users may have a second factor, by `operationId`. Their variants are exported later. */
export const operationsWithSecondFactor: typeof operations = [
  ...new Map(operations.map(([, schema]) => [schema.operationId, schema])),
]

/** The codes that an operation documents for a status. */
export function documentedCodes({ response }: schemas.OperationSchema, status: number): readonly string[] {
  return response[status]?.allOf?.[1].properties.code.enum ?? []
}
