import { resolve } from 'node:path'
import { consoleSender, directorySender, type EmailSender, smtpSender } from '../email/index.js'
import type { MailTarget } from './mail-url.js'

/**
 * The sender that MAIL_URL names. Nothing is connected before the first message.
 * @param folder Where a relative path begins.
 * @throws {Error} nodemailer, which is optional, is missing.
 */
export function openSender(target: MailTarget, folder: string): EmailSender {
  if (target.kind === 'console') return consoleSender()
  if (target.kind === 'smtp') return smtpSender({ url: target.url })
  return directorySender({ directory: resolve(folder, target.directory) })
}
