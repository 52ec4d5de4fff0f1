export interface OptionRule {
  isRight(value: unknown): boolean
  /** Completes the error message after "must be". */
  readonly allowed: string
  readonly isNeeded?: boolean
}

const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)

export function hasMethod(owner: unknown, name: string): boolean {
  return typeof owner === 'object' && owner !== null && typeof Reflect.get(owner, name) === 'function'
}

export const tablePrefixRule: OptionRule = {
  isRight: matches(/^[a-z_][a-z\d_]{0,23}$/),
  allowed: '1 to 24 lower-case letters, digits and underscores, not starting with a digit',
}

export const schemaRule: OptionRule = {
  isRight: matches(/^[^\0"]{1,63}$/),
  allowed: 'the name of a schema, without quotation marks',
}

export const statementTimeoutRule: OptionRule = {
  isRight: value => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31,
  allowed: 'a whole number of milliseconds, 1 or more',
}

/**
 * Validates the options before any query is sent, including rules that the types cannot express.
 * @throws {TypeError} An option is unknown or invalid; the message names it and its allowed values.
 */
export function assertOptions(adapter: string, options: object, rules: Readonly<Record<string, OptionRule>>): void {
  const unknownName = Object.keys(options).find(name => !Object.hasOwn(rules, name))
  if (unknownName !== undefined) throw new TypeError(`${adapter} has no option "${unknownName}"`)
  for (const [name, { isRight, allowed, isNeeded = false }] of Object.entries(rules)) {
    const value: unknown = Reflect.get(options, name)
    if (value === undefined ? isNeeded : !isRight(value))
      throw new TypeError(`The option "${name}" of ${adapter} must be ${allowed}`)
  }
}
