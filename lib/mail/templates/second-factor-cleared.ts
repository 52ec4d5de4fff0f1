import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that an administrator has removed their second factors. */
export function secondFactorCleared({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `The second factor of your ${appName} account was cleared`,
    title: 'Your second factor was cleared',
    paragraphs: [
      `At the request of its owner, ${appName} removed the second factor and the recovery codes of the account of ${to}. All devices were signed out.`,
      'Sign in with your password, and set up an authenticator app again.',
    ],
    warning:
      'If it wasn’t you, another person may have asked for it. Set a new password now: choose “Forgot password” where you sign in, and inform our support.',
  })
}
