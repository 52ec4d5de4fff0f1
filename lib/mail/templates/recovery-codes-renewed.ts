import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account that its recovery codes were replaced. */
export function recoveryCodesRenewed({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Your ${appName} recovery codes were replaced`,
    title: 'Your recovery codes were replaced',
    paragraphs: [
      `New recovery codes were created for the ${appName} account of ${to}. The earlier ones no longer work.`,
      'If it was you, there is nothing to do.',
    ],
    warning:
      'If it wasn’t you, another person has used your account. Set a new password now: choose “Forgot password” where you sign in. Then create new recovery codes.',
  })
}
