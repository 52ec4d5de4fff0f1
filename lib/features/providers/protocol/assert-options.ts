import { OptionInvalidError } from '../../../errors/index.js'

/** The values that an option accepts. */
export interface OptionRule {
  /** Completes the sentence "must be …" of the error. */
  readonly allowed: string
  readonly isRequired?: boolean
  accepts(value: unknown): boolean
}

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value)

/** The same rule for an option that must be there. */
export const required = (rule: OptionRule): OptionRule => ({ ...rule, isRequired: true })

/** Accepts text that a pattern matches. */
export const matching = (pattern: RegExp, allowed: string): OptionRule => ({
  allowed,
  accepts: value => isText(value, pattern),
})

/** Accepts printable ASCII text, such as an identifier or a secret. */
export const ascii = (maximum: number): OptionRule =>
  matching(new RegExp(`^[\\x21-\\x7e]{1,${maximum}}$`), `ASCII text without spaces, of 1 to ${maximum} characters`)

/** Accepts a list of texts that a pattern matches. */
export const listOf = (pattern: RegExp, allowed: string): OptionRule => ({
  allowed,
  accepts: value => Array.isArray(value) && value.length <= 50 && value.every(item => isText(item, pattern)),
})

/** Accepts some words. */
export const oneOf = (...words: readonly string[]): OptionRule => ({
  allowed: words.map(word => `"${word}"`).join(' or '),
  accepts: value => words.some(word => word === value),
})

export const trueOrFalse: OptionRule = { allowed: 'true or false', accepts: value => typeof value === 'boolean' }

/** Accepts an absolute URL without user, query and fragment. `connect` refuses insecure ones. */
export const url: OptionRule = {
  allowed: 'an https URL without user, query and fragment',
  accepts: value => isText(value, /^https?:\/\/[^\s?#@\\]{1,500}$/) && URL.canParse(value),
}

/**
 * Validates the options of a provider.
 * @param factory name of the function that the developer calls
 * @throws {OptionInvalidError} An option is missing, unknown or wrong; the message names it, and never contains its value.
 */
export function assertOptions(factory: string, options: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  if (typeof options !== 'object' || options === null)
    throw new OptionInvalidError(`The options of ${factory} must be an object`)
  const unknownName = Object.keys(options).find(name => !Object.hasOwn(rules, name))
  if (unknownName !== undefined) throw new OptionInvalidError(`${factory} has no option "${unknownName}"`)
  for (const [name, { allowed, isRequired = false, accepts }] of Object.entries(rules)) {
    const value: unknown = Reflect.get(options, name)
    if (value === undefined && isRequired)
      throw new OptionInvalidError(`The option "${name}" of ${factory} is missing: it must be ${allowed}`)
    if (value !== undefined && !accepts(value))
      throw new OptionInvalidError(`The option "${name}" of ${factory} must be ${allowed}`)
  }
}
