import { domainToASCII } from 'node:url'
import type { SendMailOptions } from 'nodemailer'
import type { EmailMessage } from '../email-sender.js'

/** The part behind the @ of an address, which may stand behind a display name. */
function domainOf(from: string): string {
  return domainToASCII(from.slice(from.lastIndexOf('@') + 1).replace(/>.*$/s, ''))
}

/**
 * Returns the options of nodemailer for a message. `Message-ID` and `Date` are the same at each attempt, so a receiver can
 * drop a duplicate. The recipient is an address object, which nodemailer never parses as a list or a header. No text is
 * interpreted as a file name or a URL.
 */
export function mailOptions({ id, createdAt, from, to, subject, text, html }: EmailMessage): SendMailOptions {
  return {
    messageId: `<${id}@${domainOf(from)}>`,
    date: createdAt,
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    // Prevents automatic replies (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
