import { documentName, isOurs } from '../../schemas/document-name.js'
import { namedSchemas } from '../../schemas/index.js'
import { addRefusals } from './refusal-answers.js'
import { isOurScheme, securitySchemes } from './security-schemes.js'

interface Operation {
  readonly security?: readonly object[]
  readonly requestBody?: { required?: boolean; readonly content?: Record<string, { schema?: { $ref?: string } }> }
}

const ourNames: ReadonlySet<string> = new Set(namedSchemas.map(documentName))

interface ApiDocument {
  readonly paths?: object
  readonly security?: readonly object[]
  readonly components?: {
    securitySchemes?: Readonly<Record<string, unknown>>
    readonly schemas?: Readonly<Record<string, { readonly required?: readonly string[] }>>
  }
}

function operationsOf({ paths = {} }: ApiDocument): Operation[] {
  return Object.values(paths).flatMap(path => Object.values<Operation>(path))
}

/**
 * Returns references to our bodies whose fields are all optional with the options of the application. A host's route, unlike
 * ours, refuses a missing body.
 */
function optionalBodiesOf({ components: { schemas = {} } = {} }: ApiDocument): ReadonlySet<string | undefined> {
  const optional = Object.entries(schemas).filter(
    ([name, { required }]) => ourNames.has(name) && required === undefined,
  )
  return new Set(optional.map(([name]) => `#/components/schemas/${name}`))
}

/** Removes `required` from bodies that may be omitted, which `@fastify/swagger` cannot know. */
function releaseOptionalBodies(document: ApiDocument): void {
  const optionalBodies = optionalBodiesOf(document)
  for (const { requestBody } of operationsOf(document)) {
    const body = requestBody?.content?.['application/json']?.schema?.$ref
    if (requestBody !== undefined && optionalBodies.has(body)) requestBody.required = false
  }
}

/** Removes our security schemes that no operation uses, such as the refresh cookie without refresh tokens. */
function dropUnusedSchemes({ components = {}, security = [], ...document }: ApiDocument): void {
  const requirements = [...security, ...operationsOf(document).flatMap(operation => operation.security ?? [])]
  const used = new Set(requirements.flatMap(Object.keys))
  const isWanted = ([name, scheme]: [string, unknown]) => used.has(name) || !isOurScheme(scheme)
  components.securitySchemes = Object.fromEntries(Object.entries(Object(components.securitySchemes)).filter(isWanted))
}

/** Valid component names in OpenAPI. */
const componentName = /^[\w.-]+$/

/** Our schemas keep their names, and so do the host's schemas with other names. */
function nameOf({ $id }: { readonly $id?: unknown }, index: number): string {
  // Fastify adds no schema without an id.
  const id = String($id)
  if (isOurs({ $id: id })) return documentName({ $id: id })
  return componentName.test(id) && !ourNames.has(id) ? id : `def-${index}`
}

/**
 * Options for `@fastify/swagger`: an OpenAPI 3.1 document in which components keep the names of their schemas, and optional
 * bodies are marked as such. A schema of yours with a name of fast-auth, such as `AuthUser`, becomes `def-…`. Register swagger
 * before fast-auth.
 * @example
 * ```ts
 * import swagger from '@fastify/swagger'
 * import { openapiDefaults } from 'fast-auth'
 *
 * const info = { title: 'My application', version: '1.0.0' }
 * await app.register(swagger, { ...openapiDefaults, openapi: { ...openapiDefaults.openapi, info } })
 * await app.register(fastAuth, { secrets, storage })
 * ```
 */
export const openapiDefaults = {
  openapi: { openapi: '3.1.0', components: { securitySchemes } },
  refResolver: {
    buildLocalReference: (schema: { $id?: unknown }, _base: unknown, _fragment: string, index: number): string =>
      nameOf(schema, index),
  },
  transformObject<T extends object, S extends object>(document: { openapiObject: T } | { swaggerObject: S }): T | S {
    if ('swaggerObject' in document) return document.swaggerObject
    addRefusals(document.openapiObject)
    releaseOptionalBodies(document.openapiObject)
    dropUnusedSchemes(document.openapiObject)
    return document.openapiObject
  },
} as const
