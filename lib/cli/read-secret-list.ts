import { secretFault } from '../composition/options/known-secrets.js'
import { partsOf } from './parts-of.js'
import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'
import type { Variable } from './variables.js'

const maximumListLength = 16

/**
 * Reads secrets separated by commas, newest first. Returns `undefined` if the variable is not set.
 * @throws {Error} A secret is invalid. The message does not repeat the value.
 */
export function readSecretList(environment: Environment, variable: Variable): string[] | undefined {
  const text = environment[variable]
  if (text === undefined) return undefined
  const secrets = partsOf(text)
  if (secrets.length === 0 || secrets.length > maximumListLength)
    throw mustBe(variable, `1 to ${maximumListLength} secrets, separated by commas`)
  if (new Set(secrets).size < secrets.length) throw new Error(`${variable} contains the same secret twice`)
  for (const [index, secret] of secrets.entries()) {
    const fault = secretFault(secret)
    const name = secrets.length === 1 ? variable : `Secret ${index + 1} of ${variable}`
    if (fault !== null) throw new Error(`${name} ${fault}. Create one with: fast-auth secret`)
  }
  return secrets
}
