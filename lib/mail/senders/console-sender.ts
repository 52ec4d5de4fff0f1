import type { EmailSender } from '../email-sender.js'

/** The options of `consoleSender`. */
export interface ConsoleSenderOptions {
  /**
   * Writes the text of a message.
   * @default process.stdout.write
   */
  readonly write?: (text: string) => void
}

const rule = '─'.repeat(72)

/**
 * Creates a sender that prints each message. For development only, since the links give access to accounts.
 * @example
 * ```ts
 * import { consoleSender } from 'fast-auth/email'
 *
 * const email = { sender: consoleSender(), from: 'Example <accounts@example.com>' }
 * await app.register(fastAuth, { secrets, storage, publicUrl: 'http://localhost:3000', email })
 * ```
 */
export function consoleSender({ write = text => process.stdout.write(text) }: ConsoleSenderOptions = {}): EmailSender {
  return {
    delivers: false,
    async send({ from, to, subject, text }) {
      write(`${rule}\nFrom: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}${rule}\n`)
    },
  }
}
