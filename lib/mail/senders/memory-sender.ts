import type { EmailMessage, EmailSender } from '../email-sender.js'

/** A sender that keeps messages in memory. */
export interface MemorySender extends EmailSender {
  /** All sent messages, oldest first. */
  readonly messages: readonly EmailMessage[]
  /**
   * Waits for the oldest message to this address that no other call has returned.
   * @param to canonical address of the recipient: in lower case
   * @param options maximum time to wait, in milliseconds
   * @default 5000 milliseconds
   * @throws {Error} No message came in time.
   * @example
   * ```ts
   * const mailbox = memorySender()
   * const message = await mailbox.waitForMessage('ada@example.com', { timeoutMilliseconds: 1000 })
   * ```
   */
  waitForMessage(to: string, options?: { readonly timeoutMilliseconds?: number }): Promise<EmailMessage>
}

interface Wait {
  readonly to: string
  answer(message: EmailMessage): void
}

/**
 * Creates a sender that keeps messages in memory, for tests.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { tokenIn } from 'fast-auth/testing'
 *
 * const mailbox = memorySender()
 * const email = { sender: mailbox, from: 'accounts@example.com' }
 * await app.register(fastAuth, { secrets, storage, publicUrl: 'https://app.example.com', email })
 *
 * await app.inject({ method: 'POST', url: '/auth/password/forgot', payload: { email: 'ada@example.com' } })
 * const token = tokenIn(await mailbox.waitForMessage('ada@example.com'))
 * ```
 */
export function memorySender(): MemorySender {
  const messages: EmailMessage[] = []
  const unread: EmailMessage[] = []
  const waits: Wait[] = []

  function wait(to: string, timeoutMilliseconds: number): Promise<EmailMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waits.splice(waits.indexOf(waiting), 1)
        reject(new Error(`No message to ${to} came within ${timeoutMilliseconds} ms`))
      }, timeoutMilliseconds)
      const waiting: Wait = {
        to,
        answer(message) {
          clearTimeout(timer)
          resolve(message)
        },
      }
      waits.push(waiting)
    })
  }

  return {
    delivers: false,
    messages,

    async send(message) {
      messages.push(message)
      const index = waits.findIndex(({ to }) => to === message.to)
      const [waiting] = index === -1 ? [] : waits.splice(index, 1)
      if (waiting === undefined) unread.push(message)
      else waiting.answer(message)
    },

    async waitForMessage(to, { timeoutMilliseconds = 5000 } = {}) {
      const index = unread.findIndex(message => message.to === to)
      const [message] = index === -1 ? [] : unread.splice(index, 1)
      return message ?? wait(to, timeoutMilliseconds)
    },
  }
}
