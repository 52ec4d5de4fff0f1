import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that an authenticator app was added. */
export function secondFactorAdded({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Your ${appName} account has a second factor`,
    title: 'Your account has a second factor',
    paragraphs: [
      `An authenticator app was added to the ${appName} account of ${to}, and the account’s other devices were signed out.`,
      'From now on, signing in takes a code of this app. Keep your recovery codes in a safe place.',
    ],
    warning:
      'If it wasn’t you, another person has your password. Set a new one now: choose “Forgot password” where you sign in, and ask our support to remove the app.',
  })
}
