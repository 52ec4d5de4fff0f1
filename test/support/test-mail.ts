import type { FastifyInstance } from 'fastify'
import type { FastAuthOptions } from '../../lib/index.js'
import { type EmailMessage, type MemorySender, memorySender } from '../../lib/mail/index.js'
import type { LinkPurpose } from '../../lib/mail/message.js'
import { linksIn } from '../../lib/testing/index.js'

export const publicUrl = 'https://app.example.com'
export const from = 'Example <accounts@example.com>'

/** The paths of links: that of the page, and the operation that the page posts to. */
export const linkPaths: Readonly<Record<LinkPurpose, string>> = {
  confirmEmail: '/auth/email/confirm',
  resetPassword: '/auth/password/reset',
  changeEmail: '/auth/email/change/confirm',
  signIn: '/auth/sign-in/email',
  invitation: '/auth/invitations/accept',
}

/** The storage methods that are called in the background: by the outbox worker, and for the last uses of API keys. */
const backgroundMethods = ['outbox.claim', 'outbox.remove', 'outbox.postpone', 'apiKeys.touch']

/** `true`, or what differs from the `email` options of tests. */
export type MailSettings = true | Partial<NonNullable<FastAuthOptions['email']>>

/** The additional parts of an application with `mail`. */
export interface TestMail {
  readonly mailbox: MemorySender
  /** Returns and removes the methods that requests have called; those of the outbox worker are left out. */
  asked(): string[]
  /** Resolves with the token of the next message to this address that has a link of this purpose; skips other messages. */
  tokenTo(address: string, purpose: LinkPurpose): Promise<string>
  /** Closes the application, which sends pending messages, and resolves with the subjects of all messages to this address. */
  everythingTo(address: string): Promise<string[]>
}

/** Returns the token in the message's only link. */
export function tokenOf(message: Pick<EmailMessage, 'text'>): string {
  const [link = '', ...others] = linksIn(message)
  const [, token] = /#token=([\w-]{43})$/.exec(link) ?? []
  if (token === undefined || others.length > 0) throw new Error(`not one link with a token in: ${message.text}`)
  return token
}

/** Makes the options of an application that sends its messages to a mailbox, and the functions that read them. */
export function createTestMail(settings: MailSettings) {
  const mailbox = memorySender()
  const email = { sender: mailbox, from, ...(settings === true ? {} : settings) }

  async function tokenTo(address: string, purpose: LinkPurpose): Promise<string> {
    const message = await mailbox.waitForMessage(address)
    const isIt = linksIn(message).some(link => link.includes(`${linkPaths[purpose]}#`))
    return isIt ? tokenOf(message) : tokenTo(address, purpose)
  }

  return {
    mailbox,
    options: { publicUrl, email },
    mailOf: (app: FastifyInstance, calls: string[]): TestMail => ({
      mailbox,
      asked: () => calls.splice(0).filter(method => !backgroundMethods.includes(method)),
      tokenTo,
      async everythingTo(address) {
        await app.close()
        return mailbox.messages.filter(({ to }) => to === address).map(({ subject }) => subject)
      },
    }),
  }
}
