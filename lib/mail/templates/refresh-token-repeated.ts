import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that a second client may use one of the sessions. */
export function refreshTokenRepeated({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Check who uses your ${appName} account`,
    title: 'Two places used one of your sign-ins',
    paragraphs: [
      `Within a few seconds, one sign-in to the ${appName} account of ${to} was used from two networks or by two browsers.`,
      'If your device changed its network just then, for example from Wi-Fi to mobile data, there is nothing to do.',
    ],
    warning:
      'If you can’t explain it, set a new password: choose “Forgot password” where you sign in. That signs out every device.',
  })
}
