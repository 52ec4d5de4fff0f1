import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that a session ended because its refresh token may have been copied. */
export function refreshTokenReused({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `A device was signed out of your ${appName} account`,
    title: 'We signed one of your devices out',
    paragraphs: [
      `The token that keeps one of your devices signed in to the ${appName} account of ${to} was used a second time. Someone may have copied it, so that device was signed out. Your other devices stay signed in.`,
      'You can sign in on it again.',
    ],
    warning:
      'If you can’t explain it, set a new password: choose “Forgot password” where you sign in. That signs out every device.',
  })
}
