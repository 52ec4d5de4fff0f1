import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that its password was changed. */
export function passwordChanged({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Your ${appName} password was changed`,
    title: 'Your password was changed',
    paragraphs: [
      `The password of the ${appName} account of ${to} was changed, and the account’s other devices were signed out.`,
      'If it was you, there is nothing to do.',
    ],
    warning:
      'If it wasn’t you, set a new password now: choose “Forgot password” where you sign in. Also make sure that no one else can read your e-mail.',
  })
}
