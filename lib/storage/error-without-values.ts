import { type Redact, redactedError } from '../errors/redacted-error.js'

const mask = '[value]'

/** Minimum length of masked values. Shorter ones are not secrets, and may be part of a table name. */
const minimumLength = 6

/** Places where servers repeat a value in a message. The text after the value is kept. */
const repetitions: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Redis, for an unknown or forbidden command.
  [/,? with args beginning with:.*/s, ''],
  // MySQL and MariaDB: "Duplicate entry 'VALUE' for key 'NAME'", "Incorrect string value: 'VALUE' for column".
  [/\b((?:entry|value):?) '.*?'(?= for |$)/gs, `$1 ${mask}`],
  // PostgreSQL: invalid input syntax for type json: "VALUE".
  [/: ".*"$/gs, `: ${mask}`],
]

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length < minimumLength ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function redactor(request: unknown): Redact {
  // Longest first, since one value may contain another.
  const texts = textsOf(request).sort((one, other) => other.length - one.length)
  return text => {
    const shortened = repetitions.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
    return texts.reduce((rest, value) => rest.replaceAll(value, mask), shortened)
  }
}

/**
 * Returns a copy of a storage error that is safe to log: name, message, code, constraint and stack, also of its causes. The
 * values of the request are masked, since they include hashes and encrypted messages.
 */
export function errorWithoutValues(error: unknown, request: unknown): Error {
  return redactedError(error, redactor(request))
}
