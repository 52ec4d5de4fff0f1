import { layout } from './layout.js'
import type { EmailContent, NoticeMessageInput } from './message-template.js'

/** Informs the owner of an address about a sign-up with it. Usually they already have an account and forgot it. */
export function addressTaken({ to, appName }: NoticeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `You already have an account at ${appName}`,
    title: 'You already have an account',
    paragraphs: [
      `Somebody, most likely you, wanted to use the address ${to} for an account at ${appName}. There is one with this address already.`,
      'Sign in with it. If you have forgotten the password, choose “Forgot password” where you sign in.',
    ],
    warning: 'If it wasn’t you, there is nothing to do: nothing was changed, and nobody was let in.',
  })
}
