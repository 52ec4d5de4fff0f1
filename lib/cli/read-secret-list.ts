import { secretFault } from '../options/known-secrets.js'
import type { Environment } from './read-environment.js'
import { mustBe, partsOf } from './read-variable.js'
import type { Variable } from './variables.js'

const maximumListLength = 16

/**
 * Secrets between commas, the newest first; `undefined` where the variable isn't set.
 * @throws {Error} A sentence that doesn't repeat the value.
 */
export function readSecretList(environment: Environment, variable: Variable): string[] | undefined {
  const text = environment[variable]
  if (text === undefined) return undefined
  const secrets = partsOf(text)
  if (secrets.length === 0 || secrets.length > maximumListLength)
    throw mustBe(variable, `1 to ${maximumListLength} secrets, separated by commas`)
  if (new Set(secrets).size < secrets.length) throw new Error(`${variable} holds one secret twice`)
  for (const [index, secret] of secrets.entries()) {
    const fault = secretFault(secret)
    const name = secrets.length === 1 ? variable : `Secret ${index + 1} of ${variable}`
    if (fault !== null) throw new Error(`${name} ${fault}. Make one with: fast-auth secret`)
  }
  return secrets
}
