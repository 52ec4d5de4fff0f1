import { layout } from './layout.js'
import { linkLimit } from './link-limit.js'
import type { EmailContent, InvitationMessageInput } from './message-template.js'

/** Quotes a name. A quotation mark in it does not end the quotation. */
const quoted = (name: string) => `“${name.replace(/[“”„‟]/g, '"')}”`

/** Invites the reader of the message to an organisation. Quotes its name, which the members of the organisation choose. */
export function invitation({
  to,
  appName,
  organizationName,
  role,
  link,
  expiresAt,
}: InvitationMessageInput): EmailContent {
  return layout({
    appName,
    subject: `You are invited to ${quoted(organizationName)} at ${appName}`,
    title: `You are invited to ${quoted(organizationName)}`,
    paragraphs: [
      `A member of the organisation ${quoted(organizationName)} at ${appName} invites ${to} to join it. Your role there is ${role}.`,
      'The link is for this address alone: please do not forward it.',
    ],
    action: { label: 'Show the invitation', link, limit: linkLimit(expiresAt) },
    warning: 'If you do not know the organisation, ignore this message: without your consent you join nothing.',
  })
}
