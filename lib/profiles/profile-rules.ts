import { Ajv } from 'ajv'
import { isDeeperThan } from './is-deeper-than.js'
import { profileSchemas } from './profile-schemas.js'

/** Of a stored profile as JSON, in UTF-8. */
export const maximumProfileBytes = 16_384

/** How many objects and lists may stand in each other, the profile itself counted. */
export const maximumProfileDepth = 8

/** What a schema cannot say about a profile, or says for the server alone. */
export interface ProfileRules {
  /** What is wrong with fields that the server sets, without repeating them, or `null`: "/plan must be string". */
  problem(patch: unknown): string | null
}

/** Formats that are taken as they are: of what we validate, only `uuid` is looked at. */
const looseFormats = ['email', 'password', 'date-time']

/** @throws {Error} The schema is no JSON Schema that Ajv takes. */
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
