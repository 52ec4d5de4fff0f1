import { layout } from './layout.js'
import { linkLimit } from './link-limit.js'
import type { EmailContent, LinkMessageInput } from './message-template.js'

/** Asks the owner of an account to confirm the new address. */
export function changeEmail({ to, appName, link, expiresAt }: LinkMessageInput): EmailContent {
  return layout({
    appName,
    subject: `Confirm your new e-mail address for ${appName}`,
    title: 'Confirm your new e-mail address',
    paragraphs: [
      `Someone, probably you, asked to use the address ${to} for an account at ${appName}.`,
      'When you confirm it, it replaces the old address, and the account’s other devices are signed out.',
    ],
    action: { label: 'Confirm my new address', link, limit: linkLimit(expiresAt) },
    warning: 'If it wasn’t you, ignore this message: nothing changes without your confirmation.',
  })
}
