import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that a passkey was deleted. */
export function passkeyRemoved({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A passkey was deleted from your ${appName} account`,
    title: 'A passkey was deleted',
    paragraphs: [
      `A passkey of the ${appName} account of ${to} was deleted. It no longer signs in, and other devices that used it were signed out.`,
      'Your device may still show the passkey. You can delete it there too.',
    ],
    warning:
      'If it wasn’t you, another person has used your account. Set a new password now: choose “Forgot password” where you sign in.',
  })
}
