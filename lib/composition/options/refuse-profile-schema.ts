import type { TSchema } from '@sinclair/typebox'
import { AnyProfile } from '../../../schemas/accounts/any-profile.js'
import { OptionInvalidError } from '../../errors/index.js'
import { createProfileRules } from '../../profiles/profile-rules.js'

/** Code that copies an object with such a field may modify all objects. Fastify refuses bodies with them. */
const dangerousNames = new Set(['__proto__', 'constructor', 'prototype'])

/** Fields of the user's record and its answers: a host that spreads a profile over a user must not overwrite them. */
const namesOfTheUser = new Set(
  'id email emailConfirmedAt username password passwordHash profile createdAt lastSignInAt disabledAt'.split(' '),
)

function refusal(what: string): Error {
  return new OptionInvalidError(`The option "profileSchema" of fast-auth ${what}`)
}

function isClosedObject(schema: unknown): schema is TSchema {
  const { type, properties, additionalProperties = false } = Object(schema)
  return type === 'object' && typeof properties === 'object' && properties !== null && additionalProperties === false
}

function refuseNames(schema: TSchema): void {
  const reserved = Object.keys(schema.properties).find(name => namesOfTheUser.has(name))
  if (reserved !== undefined) throw refusal(`must not have the field "${reserved}": it is one of the user's own`)
  JSON.stringify(schema, (name, value) => {
    if (dangerousNames.has(name)) throw refusal(`must not have the field "${name}", at any depth`)
    // Its parts could not be closed: each would refuse the fields of the others.
    if (name === 'allOf' && Array.isArray(value)) throw refusal('must not have an intersection: use Type.Composite')
    return value
  })
}

/** Refuses required fields that people cannot set at sign-up. */
function refuseRequiredOfTheServer({ properties, required = [] }: TSchema): void {
  const impossible = required.find((name: string) => properties[name]?.readOnly === true)
  if (impossible !== undefined) {
    throw refusal(`must not ask for "${impossible}", which is readOnly: make it Type.Optional`)
  }
}

/** The mark of TypeBox's `Type.Readonly`: it concerns TypeScript alone, and JSON Schema ignores it. */
const typedReadonly = Symbol.for('TypeBox.Readonly')

/** An object or list is replaced as a whole, so its fields cannot be protected individually. */
function refuseMisplacedReadOnly({ properties }: TSchema): void {
  for (const [name, field] of Object.entries<TSchema>(properties)) {
    if (Reflect.has(field, typedReadonly)) throw refusal(`must say { readOnly: true } of "${name}", not Type.Readonly`)
    JSON.stringify({ ...field, readOnly: false }, (keyword, value) => {
      if (keyword === 'readOnly' && value === true) throw refusal(`must not have readOnly fields within "${name}"`)
      return value
    })
  }
}

/** @throws {OptionInvalidError} The schema cannot validate profiles. */
export function refuseProfileSchema(schema: unknown): void {
  // The published document is generated with it, without an application.
  if (schema === undefined || schema === AnyProfile) return
  if (!isClosedObject(schema)) {
    throw refusal('must be an object schema without further fields, such as Type.Object({ nickname: Type.String() })')
  }
  refuseNames(schema)
  refuseRequiredOfTheServer(schema)
  refuseMisplacedReadOnly(schema)
  try {
    createProfileRules(schema)
  } catch (error) {
    throw refusal(`is not a JSON Schema that fast-auth supports: ${String(error)}`)
  }
}
