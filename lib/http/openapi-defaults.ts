import { namedSchemas } from '../../schemas/index.js'
import { securitySchemes } from './security-schemes.js'

interface Operation {
  readonly requestBody?: { required?: boolean; readonly content?: Record<string, { schema?: { $ref?: string } }> }
}

/** Our bodies all of whose fields are optional. A host's route, unlike ours, refuses a missing body. */
const optionalBodies: ReadonlySet<string | undefined> = new Set(
  namedSchemas.filter(({ required }) => required === undefined).map(({ $id }) => `#/components/schemas/${$id}`),
)

/** A body that may be left out is not `required`, which `@fastify/swagger` cannot know. */
function releaseOptionalBodies({ paths = {} }: { readonly paths?: object }): void {
  const operations = Object.values(paths).flatMap(path => Object.values<Operation>(path))
  for (const { requestBody } of operations) {
    const body = requestBody?.content?.['application/json']?.schema?.$ref
    if (requestBody !== undefined && optionalBodies.has(body)) requestBody.required = false
  }
}

/** What OpenAPI takes as a component's name. */
const componentName = /^[\w.-]+$/

/**
 * Options for `@fastify/swagger`: an OpenAPI 3.1 document in which components keep the names of their schemas and bodies
 * that may be left out say so. Spread them into your own, before fast-auth:
 * `app.register(swagger, { ...openapiDefaults, openapi: { ...openapiDefaults.openapi, info } })`.
 */
export const openapiDefaults = {
  openapi: { openapi: '3.1.0', components: { securitySchemes } },
  refResolver: {
    buildLocalReference: ({ $id }: { $id?: unknown }, _base: unknown, _fragment: string, index: number): string =>
      typeof $id === 'string' && componentName.test($id) ? $id : `def-${index}`,
  },
  transformObject<T extends object, S extends object>(document: { openapiObject: T } | { swaggerObject: S }): T | S {
    if ('swaggerObject' in document) return document.swaggerObject
    releaseOptionalBodies(document.openapiObject)
    return document.openapiObject
  },
} as const
