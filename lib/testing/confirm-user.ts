import type { MemorySender } from '../email/senders/memory-sender.js'
import { tokenIn } from './mailed-token.js'
import { type InjectableApp, post } from './post.js'

/** The `memorySender()` of the option `email.sender`. */
export type Mailbox = Pick<MemorySender, 'waitForMessage'>

export interface ConfirmSettings {
  readonly email: string
  /** The password of the sign-up. */
  readonly password: string
  readonly mailbox: Mailbox
  /** The prefix of the routes. Default: `/auth`. */
  readonly prefix?: string | undefined
}

/**
 * Confirms an address with the token of the next message to it. Creates no session.
 * @throws {Error} No message came, it has no token, or the token or the password was refused.
 */
export async function confirmUser(
  app: InjectableApp,
  { email, password, mailbox, prefix = '/auth' }: ConfirmSettings,
): Promise<void> {
  const token = tokenIn(await mailbox.waitForMessage(email.toLowerCase()))
  const url = `${prefix}/email/confirm`
  await post(app, { name: 'Confirming an address', url, body: { token, password }, expects: [200], secret: token })
}
