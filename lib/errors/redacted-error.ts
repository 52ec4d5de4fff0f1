/** Removes from a text what must not be logged. */
export type Redact = (text: string) => string

/** Maximum number of nested causes that are kept, since a chain of causes may be circular. */
const maximumCauses = 5

/** The message of an `AggregateError`, as Node.js creates for refused connections, is empty. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return error.errors.map(({ message }) => message).join('; ')
}

/** Returns the frames of the stack without the message that precedes them. */
function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line))
  return frames.map(line => `\n${line}`).join('')
}

/**
 * Returns a copy of any error that is safe to log: name, message, code, constraint and stack, and the same of its causes.
 * All other properties are dropped, since drivers and servers attach their input to errors: `command.args` of ioredis,
 * `parameters` and `detail` of pg.
 * @param redact applied to every text that is kept
 * @param maximum number of nested causes that are kept
 * @default all texts are kept unchanged, and five causes
 */
export function redactedError(error: unknown, redact: Redact = text => text, maximum = maximumCauses): Error {
  if (!(error instanceof Error)) return new Error(redact(String(error)))
  const hasCause = error.cause !== undefined && maximum > 0
  const message = redact(messageOf(error))
  const redacted = new Error(message, hasCause ? { cause: redactedError(error.cause, redact, maximum - 1) } : {})
  const { name } = error
  Object.defineProperty(redacted, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(redacted, 'stack', {
    value: `${name}: ${message}${framesOf(error)}`,
    configurable: true,
    writable: true,
  })
  for (const field of ['code', 'constraint']) {
    const value: unknown = Reflect.get(error, field)
    if (typeof value === 'string') Object.assign(redacted, { [field]: redact(value) })
  }
  return redacted
}
