import type { EmailSender } from '../email-sender.js'

export interface ConsoleSenderOptions {
  /** Where the text goes. Default: standard output. */
  readonly write?: (text: string) => void
}

const rule = '─'.repeat(72)

/** Prints each message for a person to read: for development only, since its links open accounts. */
export function consoleSender({ write = text => process.stdout.write(text) }: ConsoleSenderOptions = {}): EmailSender {
  return {
    delivers: false,
    async send({ from, to, subject, text }) {
      write(`${rule}\nFrom: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}${rule}\n`)
    },
  }
}
