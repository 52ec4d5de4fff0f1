/** A message as a sender gets it: one recipient, both forms of the text. */
export interface EmailMessage {
  /** One address, with or without a display name. */
  readonly from: string
  /** One plain address. */
  readonly to: string
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Something that takes messages away: SMTP, a provider's API, a folder. Write one by implementing `send`. */
export interface EmailSender {
  /**
   * Resolves when the message is handed over for good; rejects if it should be tried again later. An error with
   * `isPermanent: true` says that trying again is useless: the message is given up immediately.
   * @param signal Aborted when nobody waits any more: what is sent after that may be sent twice.
   */
  send(message: EmailMessage, signal: AbortSignal): Promise<void>
  /** `false` where messages stay on this machine, for development. The boot warns of it in production. */
  readonly delivers?: false
  /** Lets go of connections. Called once, when the application closes and nothing is under way. */
  close?(): Promise<void>
}
