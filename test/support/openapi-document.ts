import { type FastifyDynamicSwaggerOptions, fastifySwagger } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { type FastAuthOptions, openapiDefaults } from '../../lib/index.js'
import { everyRoute } from './every-route.js'
import { testApplication } from './test-application.js'

export interface Operation {
  readonly operationId?: string
  readonly security?: readonly Record<string, readonly string[]>[]
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: unknown }>>
  readonly requestBody?: { readonly required?: boolean }
  readonly tags?: readonly string[]
}

/** An OpenAPI 3 or Swagger 2.0 document, as far as tests look into it. */
export interface ApiDocument {
  readonly openapi?: string
  readonly swagger?: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>
    readonly securitySchemes: Readonly<Record<string, object>>
  }
  readonly securityDefinitions: Readonly<Record<string, object>>
  readonly definitions: Readonly<Record<string, object>>
}

export interface DocumentSettings {
  /** Without them, `openapiDefaults`. */
  readonly swagger?: FastifyDynamicSwaggerOptions
  /** Further options, beside those that add every route. `undefined` removes one. */
  readonly options?: { readonly [Name in keyof FastAuthOptions]?: FastAuthOptions[Name] | undefined }
  /** Adds the host's routes. */
  routes?(app: FastifyInstance): Promise<void> | void
}

/** The document that a host's `@fastify/swagger` makes of its app with fast-auth. */
export async function openapiDocument(
  t: Test,
  { swagger = openapiDefaults, options = {}, routes }: DocumentSettings = {},
): Promise<{ readonly app: FastifyInstance; readonly document: ApiDocument }> {
  const { app } = await testApplication(t, {
    options: { ...everyRoute, ...options } as Partial<FastAuthOptions>,
    before: app => void app.register(fastifySwagger, swagger),
    ...(routes === undefined ? {} : { after: routes }),
  })
  return { app, document: app.swagger() as unknown as ApiDocument }
}

/** Returns the operation of a method and path. Throws if the document has none. */
export function operationOf({ paths }: ApiDocument, method: string, path: string): Operation {
  const operation = paths[path]?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`The document has no ${method} ${path}`)
  return operation
}

/** The codes that an operation can answer a status with. */
export function codesOf(operation: Operation, status: number): readonly string[] | undefined {
  const text = JSON.stringify(operation.responses[status]?.content ?? operation.responses[status])
  const list = text === undefined ? null : /"enum":(\[[^\]]*\])/.exec(text)
  return list?.[1] === undefined ? undefined : JSON.parse(list[1])
}

/** Every `$ref` of a document. */
export function references(document: ApiDocument): string[] {
  return [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target as string)
}

/** Resolves a `$ref` within the document. */
export function target(document: ApiDocument, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((place, step) => Reflect.get(place as object, step), document)
}
