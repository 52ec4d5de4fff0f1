import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { TSchema } from '@sinclair/typebox'
import type { Ajv, ValidateFunction } from 'ajv'

const require = createRequire(import.meta.url)

/** The named schemas of our routes. */
export interface ScopeSchemas {
  /** Used for validation and in the OpenAPI document. */
  readonly documented: readonly TSchema[]
  /** Have the same names; used to serialize answers. */
  readonly answered: readonly TSchema[]
}

export interface CompiledSchemas {
  /** Compiles a request schema on its first use. Coerces and removes nothing. */
  validatorOf(schema: TSchema): ValidateFunction
  /** Compiles an answer schema on its first use. */
  serializerOf(schema: TSchema): (value: unknown) => string
}

/** A UUID (RFC 9562), in either case. */
export const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Formats that describe without restricting: only `uuid` is checked. */
const describingFormats = ['email', 'password', 'date-time']

function createAjv(documented: readonly TSchema[]): Ajv {
  const { Ajv } = require('ajv') as typeof import('ajv')
  const ajv = new Ajv({ coerceTypes: false, removeAdditional: false, useDefaults: false, ownProperties: true })
  for (const format of describingFormats) ajv.addFormat(format, true)
  ajv.addFormat('uuid', uuid)
  for (const schema of documented) ajv.addSchema(schema)
  return ajv
}

/** Memoizes `compile` by the text of the schema. */
function onceForEach<Compiled>(compile: (schema: TSchema) => Compiled): (schema: TSchema) => Compiled {
  const compiled = new Map<string, Compiled>()
  return schema => {
    const text = JSON.stringify(schema)
    const known = compiled.get(text) ?? compile(schema)
    compiled.set(text, known)
    return known
  }
}

function compiledSchemas({ documented, answered }: ScopeSchemas): CompiledSchemas {
  let ajv: Ajv | undefined
  const byName = Object.fromEntries(answered.map(schema => [schema.$id, schema]))
  return {
    validatorOf: onceForEach(schema => {
      ajv ??= createAjv(documented)
      return ajv.compile(schema)
    }),
    serializerOf: onceForEach(schema => {
      const fastJson = require('fast-json-stringify') as typeof import('fast-json-stringify')
      return fastJson(schema, { schema: byName })
    }),
  }
}

/** A process with more different sets of schemas than this compiles some of them again. */
const maximumSets = 16

const sets = new Map<string, CompiledSchemas>()

function digestOf(schemas: ScopeSchemas): string {
  return createHash('sha256').update(JSON.stringify(schemas)).digest('base64url')
}

/**
 * Returns the compiled form of these schemas, which all applications of a process with equal schemas share. A schema is
 * compiled when a request first needs it: compiling all of them takes longer than the rest of the boot.
 */
export function compiledFrom(schemas: ScopeSchemas): CompiledSchemas {
  const digest = digestOf(schemas)
  const known = sets.get(digest) ?? compiledSchemas(schemas)
  const [oldest] = sets.keys()
  if (oldest !== undefined && sets.size >= maximumSets && !sets.has(digest)) sets.delete(oldest)
  sets.set(digest, known)
  return known
}
