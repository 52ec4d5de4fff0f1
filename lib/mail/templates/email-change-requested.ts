import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the current address of an account about the requested change. */
export function emailChangeRequested({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Your e-mail address at ${appName} is about to change`,
    title: 'Your e-mail address is about to change',
    paragraphs: [
      `Someone, probably you, signed in to your ${appName} account and asked to replace the address ${to} with another one. They knew your password.`,
      'The address changes when the new one is confirmed. If it was you, there is nothing to do here.',
    ],
    warning:
      'If it wasn’t you, set a new password now: choose “Forgot password” where you sign in. That signs out all devices and cancels the change.',
  })
}
