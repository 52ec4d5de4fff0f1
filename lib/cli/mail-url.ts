import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/** The destination that MAIL_URL names. */
export type MailTarget =
  /** A path relative to the working directory. */
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'console' }
  | { readonly kind: 'smtp'; readonly url: string }

export interface MailSettings {
  readonly target: MailTarget
  /** If `undefined`, the sender address is `no-reply` at the host of PUBLIC_URL. */
  readonly from: string | undefined
}

const defaultUrl = 'dir:mail'

/** @throws {Error} The URL is invalid. The message does not contain the URL, which may contain a password. */
function readTarget({ MAIL_URL: url = defaultUrl }: Environment): MailTarget {
  if (url === 'console:') return { kind: 'console' }
  const directory = /^dir:(?!\/\/)(.+)$/s.exec(url)?.[1]
  if (directory !== undefined) return { kind: 'directory', directory }
  if (/^smtps?:\/\/[^/]/.test(url) && URL.canParse(url)) return { kind: 'smtp', url }
  throw mustBe('MAIL_URL', 'dir:FOLDER, console:, smtp://user:password@host:587 or smtps://user:password@host')
}

/**
 * Reads MAIL_URL and FROM_EMAIL. Opens nothing.
 * @throws {Error} A variable is invalid; the message names it and its allowed values.
 */
export function readMail(environment: Environment): MailSettings {
  const target = readTarget(environment)
  const { FROM_EMAIL: from } = environment
  if (from !== undefined && !/^[^\r\n]{0,200}@[^\r\n\s]+$/.test(from)) {
    throw mustBe('FROM_EMAIL', 'an address such as accounts@example.com, or Example <accounts@example.com>')
  }
  if (from === undefined && target.kind === 'smtp')
    throw new Error('FROM_EMAIL must be set if MAIL_URL is a mail server')
  return { target, from }
}
