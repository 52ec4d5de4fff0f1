/** Removes what must not be logged from a text. */
export type Redact = (text: string) => string

/** So many causes of causes are kept: a chain may lead back to its beginning. */
const maximumCauses = 5

/** An `AggregateError`, as Node.js makes one of refused connections, has an empty message of its own. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return error.errors.map(({ message }) => message).join('; ')
}

/** The lines of the stack behind the message, which the stack repeats. */
function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line))
  return frames.map(line => `\n${line}`).join('')
}

/**
 * Makes an error that can be logged of any other, whoever made that one: name, message, code, constraint and stack, and
 * the same of its causes. Every other property is dropped, since drivers and servers hang on their errors what they were
 * given: `command.args` of ioredis, `parameters` and `detail` of pg.
 * @param redact what is applied to every text that is kept
 * @param maximum number of causes of causes that are kept
 * @default all texts are kept as they are, and five causes
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
