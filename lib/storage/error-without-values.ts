import { type Redact, redactedError } from '../errors/redacted-error.js'

const mask = '[value]'

/** Shorter texts are no secrets, and may well be a part of the name of a table. */
const minimumLength = 6

/** Where servers repeat a value in a message; what is behind it is kept. */
const repetitions: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Redis, of a command that it doesn't know or doesn't allow.
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
  // The longest first: one may be a part of another.
  const texts = textsOf(request).sort((one, other) => other.length - one.length)
  return text => {
    const shortened = repetitions.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
    return texts.reduce((rest, value) => rest.replaceAll(value, mask), shortened)
  }
}

/**
 * What a storage rejected with, as it may be logged: name, message, code, constraint and stack, and those of its causes,
 * without the values of the request. Hashes and sealed messages are among them.
 */
export function errorWithoutValues(error: unknown, request: unknown): Error {
  return redactedError(error, redactor(request))
}
