const mask = '[token]'

/**
 * An error that may be logged, whoever made it: a mail server that refuses a message may well repeat it. Text and stack
 * are kept without the token, the error's code too; everything else that hung on it is left behind.
 */
export function redactedError(error: unknown, token: string | null): Error {
  const clean = (text: string) => (token === null ? text : text.replaceAll(token, mask))
  if (!(error instanceof Error)) return new Error(clean(String(error)))
  const redacted = new Error(clean(error.message))
  redacted.name = error.name
  redacted.stack = clean(error.stack ?? error.message)
  return 'code' in error ? Object.assign(redacted, { code: clean(String(error.code)) }) : redacted
}
