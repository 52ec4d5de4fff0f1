import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { type EmailMessage, type MemorySender, memorySender } from '../../lib/email/index.js'
import type { LinkPurpose } from '../../lib/email/message.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { linksIn } from '../../lib/testing/index.js'
import { type TestApp, type TestAppSettings, testApp } from './test-app.js'

export { linksIn }

export const publicUrl = 'https://app.example.com'
export const from = 'Example <accounts@example.com>'

/** Where links lead: the page, and the operation that it posts to. */
export const linkPaths: Readonly<Record<LinkPurpose, string>> = {
  confirmEmail: '/auth/email/confirm',
  resetPassword: '/auth/password/reset',
  changeEmail: '/auth/email/change/confirm',
}

/** What the delivery asks of the storage in the background. */
const deliveryMethods = ['outbox.claim', 'outbox.remove', 'outbox.postpone']

export interface MailApp extends TestApp {
  readonly mailbox: MemorySender
  /** The methods that requests have called since this was asked last; not those of the delivery. */
  asked(): string[]
  /** `path` is that behind the prefix. */
  post(path: string, payload: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** The token of the next message to this address with a link of this kind. Messages before it are read past. */
  tokenTo(address: string, purpose: LinkPurpose): Promise<string>
  /** Closes the app, which sends what waits, and answers with all that was ever sent to this address, by subject. */
  everythingTo(address: string): Promise<string[]>
}

export interface MailAppSettings extends Omit<TestAppSettings, 'options'> {
  readonly options?: Partial<Omit<FastAuthOptions, 'email'>>
  readonly email?: Partial<NonNullable<FastAuthOptions['email']>>
}

/** The token in the message's one link. */
export function tokenOf(message: Pick<EmailMessage, 'text'>): string {
  const [link = '', ...others] = linksIn(message)
  const [, token] = /#token=([\w-]{43})$/.exec(link) ?? []
  if (token === undefined || others.length > 0) throw new Error(`not one link with a token in: ${message.text}`)
  return token
}

/** A `testApp` that sends its mail into a mailbox. */
export async function mailApp(t: Test, { options, email, ...settings }: MailAppSettings = {}): Promise<MailApp> {
  const mailbox = memorySender()
  const withEmail = { publicUrl, email: { sender: mailbox, from, ...email }, ...options }
  const tested = await testApp(t, { ...settings, options: withEmail })
  const { app, calls } = tested

  async function tokenTo(address: string, purpose: LinkPurpose): Promise<string> {
    const message = await mailbox.waitForMessage(address)
    const isIt = linksIn(message).some(link => link.includes(`${linkPaths[purpose]}#`))
    return isIt ? tokenOf(message) : tokenTo(address, purpose)
  }

  return {
    ...tested,
    mailbox,
    asked: () => calls.splice(0).filter(method => !deliveryMethods.includes(method)),
    post: (path, payload, headers = {}) =>
      app.inject({ method: 'POST', url: `/auth${path}`, payload: payload as object, headers }),
    tokenTo,
    async everythingTo(address) {
      await app.close()
      return mailbox.messages.filter(({ to }) => to === address).map(({ subject }) => subject)
    },
  }
}
