import type { MemorySender } from '../mail/senders/memory-sender.js'
import { tokenIn } from './mailed-token.js'
import { type InjectableApp, post } from './post.js'

/** The `memorySender()` of the option `email.sender`. */
export type Mailbox = Pick<MemorySender, 'waitForMessage'>

/** The settings of `confirmUser`. */
export interface ConfirmSettings {
  /** The address as given at the sign-up. */
  readonly email: string
  /** The password of the sign-up. */
  readonly password: string
  /** The option `email.sender` of the application. */
  readonly mailbox: Mailbox
  /**
   * The option `prefix`.
   * @default '/auth'
   */
  readonly prefix?: string | undefined
}

/**
 * Confirms an address with the token of the next message to it. Creates no session.
 * @param app application with fast-auth
 * @throws {Error} No message came, it has no token, or the token or the password was refused.
 * @example
 * ```ts
 * import { memorySender } from 'fast-auth/email'
 * import { confirmUser } from 'fast-auth/testing'
 *
 * const mailbox = memorySender() // the option email.sender of the app
 * await confirmUser(app, { email: 'ada@example.com', password: 'correct horse battery staple', mailbox })
 * ```
 */
export async function confirmUser(
  app: InjectableApp,
  { email, password, mailbox, prefix = '/auth' }: ConfirmSettings,
): Promise<void> {
  const token = tokenIn(await mailbox.waitForMessage(email.toLowerCase()))
  const url = `${prefix}/email/confirm`
  await post(app, { name: 'Confirming an address', url, body: { token, password }, expects: [200], secret: token })
}
