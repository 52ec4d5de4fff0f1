import type { Environment } from './read-environment.js'
import type { ProviderVariable, Variable } from './variables.js'

/** Creates the error of an invalid variable. The message never repeats the value, which may be a secret. */
export function mustBe(variable: Variable | ProviderVariable, allowed: string): Error {
  return new Error(`${variable} must be ${allowed}`)
}

interface Range {
  readonly minimum?: number
  readonly maximum?: number
}

export function readWholeNumber(
  environment: Environment,
  variable: Variable | ProviderVariable,
  { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Range,
): number | undefined {
  const text = environment[variable]
  if (text === undefined) return undefined
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (number >= minimum && number <= maximum) return number
  throw mustBe(variable, `a whole number from ${minimum} to ${maximum}`)
}

export function readWord<Word extends string>(
  environment: Environment,
  variable: Variable | ProviderVariable,
  words: readonly Word[],
): Word | undefined {
  const text = environment[variable]
  if (text === undefined) return undefined
  const word = words.find(known => known === text)
  if (word === undefined) throw mustBe(variable, `one of ${words.join(', ')}`)
  return word
}

export function readSwitch(environment: Environment, variable: Variable | ProviderVariable): boolean | undefined {
  const word = readWord(environment, variable, ['true', 'false'])
  return word === undefined ? undefined : word === 'true'
}

export function readText(
  environment: Environment,
  variable: Variable | ProviderVariable,
  { pattern, allowed }: { readonly pattern: RegExp; readonly allowed: string },
): string | undefined {
  const text = environment[variable]
  if (text === undefined || pattern.test(text)) return text
  throw mustBe(variable, allowed)
}
