import { layout } from './layout.js'
import { linkLimit } from './link-limit.js'
import type { EmailContent, LinkMessageInput } from './message-template.js'

/** Sends a link with which the reader of the message can set a new password. */
export function resetPassword({ to, appName, link, expiresAt }: LinkMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Set a new password for ${appName}`,
    title: 'Set a new password',
    paragraphs: [
      `Someone, probably you, asked to set a new password for the ${appName} account of ${to}.`,
      'When you set it, every device that is signed in to the account is signed out.',
    ],
    action: { label: 'Choose a new password', link, limit: linkLimit(expiresAt) },
    warning: 'If it wasn’t you, ignore this message: your password stays as it is.',
  })
}
