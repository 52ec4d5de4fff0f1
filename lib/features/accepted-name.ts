import { ValidationError } from '../errors/index.js'

const longestName = 100

/** Returns the name that a user typed, without surrounding blanks. @throws {ValidationError} It is empty or too long. */
export function acceptedName(typed: string): string {
  const name = typed.trim()
  if (name === '' || [...name].length > longestName)
    throw new ValidationError('name', 'length', `must have 1 to ${longestName} characters without surrounding blanks`)
  return name
}
