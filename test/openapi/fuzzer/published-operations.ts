import { readFileSync } from 'node:fs'
import type { OpenAPIV3 } from 'openapi-types'
import { parse } from 'yaml'

/** An operation of the document, with its method and path. */
export interface PublishedOperation {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly parameters: OpenAPIV3.ParameterObject[]
  readonly requestBody?: OpenAPIV3.RequestBodyObject
  readonly responses: Readonly<Record<string, OpenAPIV3.ResponseObject>>
  readonly security: readonly Readonly<Record<string, unknown>>[]
}

type Listed = Omit<PublishedOperation, 'method' | 'path' | 'parameters'> &
  Partial<Pick<PublishedOperation, 'parameters'>>

interface Published {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Listed>>>>
  readonly components: {
    readonly schemas: Record<string, OpenAPIV3.SchemaObject>
    readonly securitySchemes: Readonly<Record<string, { readonly in?: string; readonly name?: string }>>
  }
}

const document: Published = parse(readFileSync('openapi.yml', 'utf8'), { maxAliasCount: -1 })

/** The named schemas and the security schemes of openapi.yml. */
export const { components } = document

/** Every operation of openapi.yml. Nothing else of ours is read. */
export const publishedOperations: readonly PublishedOperation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      parameters: [],
      ...operation,
      method,
      path,
    })),
)
