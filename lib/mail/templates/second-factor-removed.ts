import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that the authenticator app was removed. */
export function secondFactorRemoved({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Your ${appName} account has no second factor any more`,
    title: 'Your second factor was removed',
    paragraphs: [
      `The authenticator app and the recovery codes of the ${appName} account of ${to} were removed, and the account’s other devices were signed out.`,
      'From now on, your password alone signs you in.',
    ],
    warning:
      'If it wasn’t you, set a new password now: choose “Forgot password” where you sign in. Then set up an authenticator app again.',
  })
}
