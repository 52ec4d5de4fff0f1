import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that a copy of a passkey may exist. */
export function passkeyCopied({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A passkey of your ${appName} account may have been copied`,
    title: 'We refused a passkey',
    paragraphs: [
      `A passkey of the ${appName} account of ${to} was used in a way that suggests that a copy of it exists. We refused it, and signed out the devices that used it.`,
      'Delete this passkey in your account settings, and add a new one.',
    ],
    warning:
      'If you can’t explain it, another person may have the copy. Sign in with another passkey or your password to delete the passkey.',
  })
}
