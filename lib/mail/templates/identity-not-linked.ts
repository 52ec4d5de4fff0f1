import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an account how to link an account of another provider, with which a client tried to sign in. */
export function identityNotLinked({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Sign in to ${appName} with your other account`,
    title: 'You already have an account',
    paragraphs: [
      `Someone, probably you, tried to sign in to ${appName} as ${to} with an account at another provider. That account is not linked to yours yet.`,
      'Sign in as you did before, or choose “Forgot password” there. Then link the other account in the settings.',
    ],
    warning:
      'If it wasn’t you, you can ignore this message: nothing was changed, and no one got access to your account.',
  })
}
