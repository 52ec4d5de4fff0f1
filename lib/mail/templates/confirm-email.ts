import { layout } from './layout.js'
import { linkLimit } from './link-limit.js'
import type { EmailContent, LinkMessageInput } from './message-template.js'

/** Asks the user who signed up to confirm the address. */
export function confirmEmail({ to, appName, link, expiresAt }: LinkMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Confirm your e-mail address for ${appName}`,
    title: 'Confirm your e-mail address',
    paragraphs: [
      `Someone, probably you, created an account at ${appName} with the address ${to}. Please confirm that this address is yours.`,
      'The page asks for the password that you chose when you signed up.',
    ],
    action: { label: 'Confirm my address', link, limit: linkLimit(expiresAt) },
    warning: 'If it wasn’t you, ignore this message: the address stays unconfirmed.',
  })
}
