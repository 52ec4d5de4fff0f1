import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/** Where MAIL_URL points. */
export type MailTarget =
  /** A path, from the working directory. */
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'console' }
  | { readonly kind: 'smtp'; readonly url: string }

export interface MailSettings {
  readonly target: MailTarget
  /** `undefined`: `no-reply` at the host of PUBLIC_URL. */
  readonly from: string | undefined
}

const defaultUrl = 'dir:mail'

/** @throws {Error} The sentence doesn't repeat the URL, which may hold a password. */
function readTarget({ MAIL_URL: url = defaultUrl }: Environment): MailTarget {
  if (url === 'console:') return { kind: 'console' }
  const directory = /^dir:(?!\/\/)(.+)$/s.exec(url)?.[1]
  if (directory !== undefined) return { kind: 'directory', directory }
  if (/^smtps?:\/\/[^/]/.test(url) && URL.canParse(url)) return { kind: 'smtp', url }
  throw mustBe('MAIL_URL', 'dir:FOLDER, console:, smtp://user:password@host:587 or smtps://user:password@host')
}

/**
 * Reads MAIL_URL and FROM_EMAIL; nothing is opened.
 * @throws {Error} A sentence that names the variable and what it may be.
 */
export function readMail(environment: Environment): MailSettings {
  const target = readTarget(environment)
  const { FROM_EMAIL: from } = environment
  if (from !== undefined && !/^[^\r\n]{0,200}@[^\r\n\s]+$/.test(from)) {
    throw mustBe('FROM_EMAIL', 'an address such as accounts@example.com, or Example <accounts@example.com>')
  }
  if (from === undefined && target.kind === 'smtp')
    throw new Error('FROM_EMAIL must be set where MAIL_URL is a mail server')
  return { target, from }
}
