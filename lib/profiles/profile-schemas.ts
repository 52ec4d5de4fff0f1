import { type TSchema, Type } from '@sinclair/typebox'
import type { ProfileSchemas } from '../../schemas/accounts/schemas-with-profile.js'

const schemaMaps = ['properties', 'patternProperties']
const schemaLists = ['items', 'anyOf', 'oneOf']

/** Returns the same schema, in which objects allow only the named fields unless they say otherwise. */
function closed(schema: TSchema): TSchema {
  const inner = Object.entries(schema).map(([keyword, value]) => {
    if (schemaMaps.includes(keyword)) return [keyword, mapped(value, closed)]
    if (schemaLists.includes(keyword)) return [keyword, Array.isArray(value) ? value.map(closed) : closed(value)]
    return [keyword, value]
  })
  const isOpen = schema.type === 'object' && schema.additionalProperties === undefined
  return { ...Object.fromEntries(inner), ...(isOpen ? { additionalProperties: false } : {}) }
}

function mapped(properties: Record<string, TSchema>, change: (schema: TSchema) => TSchema): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema)]))
}

/** Returns the field names of a schema, without their types. */
function shapeOf({ type, properties }: TSchema): TSchema {
  const hasFields = type === 'object' && properties !== undefined
  return Type.Unsafe(hasFields ? { type, properties: mapped(properties, shapeOf) } : {})
}

/** Returns the schema without the fields that only the server sets. */
function writable({ properties = {}, ...schema }: TSchema): TSchema {
  const fields = Object.entries<TSchema>(properties).filter(([, field]) => field.readOnly !== true)
  return { ...schema, properties: Object.fromEntries(fields) } as TSchema
}

function withoutRequired({ required: _, ...schema }: TSchema): TSchema {
  return schema as TSchema
}

/** Returns the option `profileSchema` in the form for each use of a profile, and `patch` for fields that the server sets. */
export function profileSchemas(given: object): ProfileSchemas & { readonly patch: TSchema } {
  // Removes symbols of TypeBox, and the `$id`, which would occur twice.
  const { $id: _, ...plain } = JSON.parse(JSON.stringify(given))
  const whole = closed(plain)
  const signUp = writable(whole)
  return { whole, signUp, update: withoutRequired(signUp), answered: shapeOf(whole), patch: withoutRequired(whole) }
}
