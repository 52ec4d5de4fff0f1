import { layout } from './layout.js'
import { linkLimit } from './link-limit.js'
import type { CodeMessageInput, EmailContent } from './message-template.js'

/** Sends a code and a link with which the reader of the message can sign in where they asked for it. */
export function signIn({ to, appName, code, link, expiresAt }: CodeMessageInput): EmailContent {
  return layout({
    appName,
    subject: `${code} is your sign-in code for ${appName}`,
    title: `Sign in to ${appName}`,
    paragraphs: [
      `Someone, probably you, asked to sign in to ${appName} as ${to}. Enter this code where you asked for it:`,
      code,
      'Or open the link below in the same browser. Never give the code to anyone: we do not ask for it.',
    ],
    action: { label: 'Sign in', link, limit: linkLimit(expiresAt) },
    warning: 'If it wasn’t you, ignore this message: without the code, no one can sign in.',
  })
}
