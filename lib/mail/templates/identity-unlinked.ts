import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that another provider can no longer sign in to it. */
export function identityUnlinked({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A way to sign in to ${appName} was removed`,
    title: 'A linked account was removed',
    paragraphs: [
      `The ${appName} account of ${to} is no longer linked to one of your accounts at another provider. Devices that were signed in that way are signed out.`,
    ],
    warning:
      'If it wasn’t you, set a new password: choose “Forgot password” where you sign in. That signs out all devices.',
  })
}
