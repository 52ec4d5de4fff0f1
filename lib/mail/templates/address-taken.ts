import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an address about a sign-up with it. Usually they already have an account and forgot it. */
export function addressTaken({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `You already have an account at ${appName}`,
    title: 'You already have an account',
    paragraphs: [
      `Someone, probably you, tried to create an account at ${appName} with the address ${to}. An account with this address already exists.`,
      'Sign in with it. If you have forgotten the password, choose “Forgot password” where you sign in.',
    ],
    warning:
      'If it wasn’t you, you can ignore this message: nothing was changed, and no one got access to your account.',
  })
}
