/** A message for a sender: one recipient, with text and HTML. */
export interface EmailMessage {
  /** UUID of the message in the outbox, the same at each attempt: an idempotency key for a provider's API. */
  readonly id: string
  /** When the message was written, the same at each attempt. */
  readonly createdAt: Date
  /** One address, with or without a display name. */
  readonly from: string
  /** One plain address. */
  readonly to: string
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Delivers messages, for example by SMTP, the API of a provider, or to a folder. To write one, implement `send`. */
export interface EmailSender {
  /**
   * Resolves when the message is delivered to the next system; rejects if fast-auth should try again later. An error with
   * `isPermanent: true` means that a retry is useless: the message is abandoned immediately.
   * @param signal Aborted when the caller stops waiting. A message sent after that may be sent twice.
   */
  send(message: EmailMessage, signal: AbortSignal): Promise<void>
  /** `false` if messages stay on this machine, for development. The boot warns about it in production. */
  readonly delivers?: false
  /** Closes connections. Called once, when the application closes and no send is pending. */
  close?(): Promise<void>
}
