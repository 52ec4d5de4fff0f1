import type { TSchema } from '@sinclair/typebox'
import type { ErrorObject } from 'ajv'

/** Describes the allowed values of an option from its schema: "a whole number from 5 to 86400". */
export function allowed(schema: TSchema): string {
  if (schema.description !== undefined) return schema.description
  if (schema.enum !== undefined) return `one of ${schema.enum.map((word: string) => `"${word}"`).join(', ')}`
  if (schema.type === 'integer') return `a whole number from ${schema.minimum} to ${schema.maximum}`
  if (schema.type === 'number') return `a number from ${schema.minimum} to ${schema.maximum}`
  if (schema.minLength !== undefined) return `text of ${schema.minLength} to ${schema.maxLength} characters`
  return schema.type === 'boolean' ? 'true or false' : `of type ${schema.type}`
}

/** Returns the path of a value as in code: `cookies.domain`, `secrets[0]`. */
function pathOf(instancePath: string): string {
  const dotted = instancePath.slice(1).replaceAll('/', '.')
  return dotted.replace(/\.(\d+)/g, '[$1]')
}

/** Describes an invalid option in a sentence. It never contains the value, which may be a secret. */
export function optionSentence({ keyword, instancePath, params, parentSchema }: ErrorObject): string {
  const schema = parentSchema as TSchema
  const path = pathOf(instancePath)
  const inside = path === '' ? '' : `${path}.`
  if (keyword === 'additionalProperties') {
    const names = schema.patternProperties === undefined ? '' : `: "${path}" must be ${allowed(schema)}`
    return `fast-auth has no option "${inside}${params.additionalProperty}"${names}`
  }
  if (keyword === 'required') {
    const name: string = params.missingProperty
    return `The option "${inside}${name}" of fast-auth is missing: it must be ${allowed(schema.properties[name])}`
  }
  if (path === '') return 'The options of fast-auth must be an object'
  return `The option "${path}" of fast-auth must be ${allowed(schema)}`
}
