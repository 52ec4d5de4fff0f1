import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that a passkey was added. */
export function passkeyAdded({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A passkey was added to your ${appName} account`,
    title: 'A passkey was added',
    paragraphs: [
      `A passkey was added to the ${appName} account of ${to}. It signs in without your password.`,
      'If it was you, there is nothing to do.',
    ],
    warning:
      'If it wasn’t you, another person has used your account. Delete the passkey in your account settings, and set a new password: choose “Forgot password” where you sign in.',
  })
}
