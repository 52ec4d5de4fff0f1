/** Replies that require authentication. The administrator must fix that, for any command. */
const authenticationReplies: ReadonlySet<unknown> = new Set([530, 534, 535, 538])

/** At these commands the server refuses the recipient or the message. Before them, it refuses the client. */
const messageCommands: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA'])

/**
 * Returns whether the error of a sender makes a retry useless: `isPermanent: true` from a custom sender, or an SMTP reply
 * of 500 to 599 to RCPT TO or DATA (RFC 5321, section 4.2.1), as nodemailer reports it. A refused connection,
 * authentication or MAIL FROM is temporary: the administrator fixes it, and the message is sent afterwards.
 */
export function isPermanentFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { isPermanent, responseCode, command } = error as Error & {
    readonly isPermanent?: unknown
    readonly responseCode?: unknown
    readonly command?: unknown
  }
  if (isPermanent === true) return true
  if (typeof responseCode !== 'number' || authenticationReplies.has(responseCode)) return false
  return responseCode >= 500 && responseCode < 600 && messageCommands.has(command)
}
