/** Replies that ask for authentication: the operator's problem, whatever the command. */
const authenticationReplies: ReadonlySet<unknown> = new Set([530, 534, 535, 538])

/** What a server refuses here is the recipient or the message. Before it, the server refuses the client. */
const messageCommands: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA'])

/**
 * Whether a sender's error says that trying again is useless: `isPermanent: true` of a sender of the application's own, or
 * an SMTP reply of 500 to 599 to RCPT TO or DATA (RFC 5321, section 4.2.1), as nodemailer reports it. A refused connection,
 * authentication or MAIL FROM is not: the operator repairs it, and the message is sent then.
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
