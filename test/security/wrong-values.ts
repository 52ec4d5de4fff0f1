import type { TSchema } from '@sinclair/typebox'
import fc, { type Arbitrary } from 'fast-check'
import { namedSchemas } from '../../schemas/index.js'

/** A value that a schema does not allow. */
export interface Wrong {
  readonly value: unknown
  /** The text that a refusal has to name. */
  readonly name: string
}

const illFormed = ['\u0000', '\ud800', '\udc00', '\udc00\ud800', 'a\u0000b', '\ud83d', 'x\udfff']
const numbers = [0, -0, -1, 1, 0.1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e308, -1e308, 5e-324]
const objects: readonly unknown[] = [
  {},
  { x: 1 },
  { length: 3 },
  { toString: 'x' },
  { $ne: null },
  { $gt: '' },
  { constructor: 'x' },
]
const lists: readonly unknown[] = [[], [null], ['x'], ['a', 'b'], [[]], [{}], Array(100).fill('x')]

/** Without the names for which a body is refused whole, whatever else it holds: those have a test of their own. */
const jsonValue = fc
  .jsonValue({ maxDepth: 3 })
  .filter(one => !/"(?:__proto__|constructor|prototype)"/.test(JSON.stringify(one)))

const value = {
  null: fc.constant<unknown>(null),
  boolean: fc.boolean(),
  number: fc.oneof(fc.constantFrom(...numbers), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  string: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...illFormed, '', 'null', 'true', '0', '[]', '{}')),
  array: fc.oneof(fc.constantFrom(...lists), fc.array(jsonValue, { maxLength: 3 })),
  object: fc.oneof(fc.constantFrom(...objects), fc.dictionary(fc.constantFrom('a', 'b', '0'), jsonValue)),
}

type Kind = keyof typeof value

/** Values of every kind but these. */
function otherThan(...kinds: readonly string[]): Arbitrary<unknown> {
  const others = (Object.keys(value) as Kind[]).filter(kind => !kinds.includes(kind))
  return fc.oneof(...others.map(kind => value[kind]))
}

/** Returns the schema that a reference names, or the schema itself. */
function resolved(schema: TSchema): TSchema {
  const named = namedSchemas.find(({ $id }) => `${$id}#` === schema.$ref)
  return (named as TSchema | undefined) ?? schema
}

/** A value that the schema allows: its example, or the plainest one. */
export function right(given: TSchema): unknown {
  const schema = resolved(given)
  if (schema.examples?.length > 0) return schema.examples[0]
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.anyOf !== undefined) return right(schema.anyOf[0])
  if (schema.type === 'array') return []
  if (schema.type === 'integer') return schema.minimum ?? 1
  if (schema.type === 'object') {
    const required: readonly string[] =
      schema.required ?? Object.keys(schema.properties ?? {}).slice(0, schema.minProperties ?? 0)
    return Object.fromEntries(required.map(name => [name, right(schema.properties[name])]))
  }
  if (schema.pattern !== undefined) return 'AAAA'
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}

function wrongStrings({ minLength = 0, maxLength, enum: allowed, format, pattern }: TSchema): Arbitrary<unknown>[] {
  const tooLong =
    maxLength === undefined ? [] : [fc.integer({ min: 1, max: 300 }).map(more => 'x'.repeat(maxLength + more))]
  const tooShort = minLength > 0 ? [fc.constant('x'.repeat(minLength - 1))] : []
  const others = allowed === undefined ? [] : [fc.string().filter(text => !allowed.includes(text))]
  const unformed = format === 'uuid' ? [fc.string()] : []
  const otherwise =
    pattern === undefined ? [] : [fc.string({ unit: 'binary' }).filter(text => !new RegExp(pattern, 'u').test(text))]
  return [...tooLong, ...tooShort, ...others, ...unformed, ...otherwise, fc.constantFrom(...illFormed)]
}

function wrongNumbers({ minimum = -Infinity, maximum = Infinity }: TSchema): Arbitrary<unknown>[] {
  const isWrong = (number: number) => !Number.isInteger(number) || number < minimum || number > maximum
  return [value.number.filter(isWrong)]
}

function wrongLists({ items, maxItems, uniqueItems }: TSchema): Arbitrary<unknown>[] {
  const tooMany =
    maxItems === undefined ? [] : [fc.constant(Array.from({ length: maxItems + 1 }, (_, index) => `x${index}`))]
  const twice = uniqueItems === true ? [fc.constant(['x', 'x'])] : []
  return [...tooMany, ...twice, wrong(items).map(item => [right(items), item])]
}

/** Objects with one thing wrong, each with the name of the field that is at fault. */
export function wrongObjects(schema: TSchema): Arbitrary<Wrong> {
  const names = Object.keys(schema.properties).filter(name => isLimited(schema.properties[name]))
  const whole = right(schema) as object
  const fields = names.map(name =>
    wrong(schema.properties[name]).map(one => ({ value: { ...whole, [name]: one }, name })),
  )
  const required: readonly string[] = schema.required ?? []
  const gone = required.map(name => {
    const { [name]: _, ...rest } = whole as Record<string, unknown>
    return fc.constant({ value: rest, name })
  })
  const unknownNames = ['role', 'id', 'userId', 'emailConfirmedAt', 'passwordHash', 'toString', 'hasOwnProperty', 'x']
  const unknown = fc
    .tuple(fc.constantFrom(...unknownNames), jsonValue)
    .map(([name, one]) => ({ value: { ...whole, [name]: one }, name }))
  return fc.oneof(...fields, ...gone, ...(schema.additionalProperties === true ? [] : [unknown]))
}

/** Returns whether there are values that the schema does not allow. */
const isLimited = (schema: TSchema) => ['type', 'anyOf', '$ref'].some(keyword => keyword in schema)

/** Values that the schema does not allow. */
export function wrong(given: TSchema): Arbitrary<unknown> {
  const schema = resolved(given)
  const kinds: readonly string[] = [schema.type ?? schema.anyOf.map(({ type }: TSchema) => type)].flat()
  const makers: Readonly<Record<string, (schema: TSchema) => Arbitrary<unknown>[]>> = {
    string: wrongStrings,
    integer: wrongNumbers,
    array: wrongLists,
    object: one => (one.properties === undefined ? [] : [wrongObjects(one).map(({ value }) => value)]),
  }
  const ofItsKind = kinds.flatMap(kind => makers[kind]?.(schema) ?? [])
  return fc.oneof(otherThan(...kinds.map(kind => (kind === 'integer' ? 'number' : kind))), ...ofItsKind)
}
