import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that another provider can sign in to it. */
export function identityLinked({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A new way to sign in to ${appName}`,
    title: 'Another account was linked',
    paragraphs: [
      `The ${appName} account of ${to} is now linked to an account at another provider, which can sign in to it.`,
    ],
    warning:
      'If it wasn’t you, sign in, unlink it in the settings of your account, and set a new password: choose “Forgot password” where you sign in.',
  })
}
