import type { EmailSender } from '../../mail/email-sender.js'
import type { SentMessage } from './mailbox-page.js'

/** The messages that the page at `/dev/mail` shows. */
export interface Mailbox {
  /** Sends with the wrapped sender and remembers the message. */
  readonly sender: EmailSender
  /** The messages, newest first. */
  messages(): readonly SentMessage[]
}

const maximumMessages = 100

/** Wraps a sender and keeps its last 100 messages in memory. */
export function rememberingSender(sender: EmailSender): Mailbox {
  const sent: SentMessage[] = []
  return {
    sender: {
      async send(message, signal) {
        await sender.send(message, signal)
        const { to, subject, text } = message
        sent.unshift({ to, subject, text, sentAt: new Date() })
        sent.length = Math.min(sent.length, maximumMessages)
      },
      close: async () => sender.close?.(),
    },
    messages: () => sent,
  }
}
