import { resolve } from 'node:path'
import { consoleSender, directorySender, type EmailSender, smtpSender } from '../mail/index.js'
import type { MailTarget } from './mail-url.js'

/**
 * Returns the sender that MAIL_URL names. It connects when it sends the first message.
 * @param folder The base of relative paths.
 * @throws {Error} The optional package nodemailer is missing.
 */
export function openSender(target: MailTarget, folder: string): EmailSender {
  if (target.kind === 'console') return consoleSender()
  if (target.kind === 'smtp') return smtpSender({ url: target.url })
  return directorySender({ directory: resolve(folder, target.directory) })
}
