import type { EmailSender } from '../email-sender.js'

export interface ConsoleSenderOptions {
  /** The destination of the text. Default: stdout. */
  readonly write?: (text: string) => void
}

const rule = '─'.repeat(72)

/** Creates a sender that prints each message. For development only, since the links give access to accounts. */
export function consoleSender({ write = text => process.stdout.write(text) }: ConsoleSenderOptions = {}): EmailSender {
  return {
    delivers: false,
    async send({ from, to, subject, text }) {
      write(`${rule}\nFrom: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}${rule}\n`)
    },
  }
}
