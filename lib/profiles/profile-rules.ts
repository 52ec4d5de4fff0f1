import { Ajv } from 'ajv'
import { isDeeperThan } from '../errors/is-deeper-than.js'
import { profileSchemas } from './profile-schemas.js'

/** Maximum size of a stored profile as JSON, in UTF-8. */
export const maximumProfileBytes = 16_384

/** Maximum nesting of objects and lists, including the profile itself. */
export const maximumProfileDepth = 8

/** Rules for a profile that a schema cannot express, or that apply only to the server. */
export interface ProfileRules {
  /** Returns the problem of fields that the server sets, without their values, or `null`: "/plan must be string". */
  problem(patch: unknown): string | null
}

/** Formats that are not checked: of all formats, only `uuid` is. */
const looseFormats = ['email', 'password', 'date-time']

/** @throws {Error} Ajv cannot compile the schema. */
export function createProfileRules(schema: object): ProfileRules {
  const ajv = new Ajv({ ownProperties: true, formats: Object.fromEntries(looseFormats.map(name => [name, true])) })
  ajv.addFormat('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  const isAsDeclared = ajv.compile(profileSchemas(schema).patch)
  return {
    problem(patch) {
      if (!isAsDeclared(patch)) return ajv.errorsText(isAsDeclared.errors, { dataVar: '' })
      return isDeeperThan(maximumProfileDepth, patch)
        ? `must not be nested more than ${maximumProfileDepth} deep`
        : null
    },
  }
}
