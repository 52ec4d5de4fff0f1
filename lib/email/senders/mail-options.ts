import type { SendMailOptions } from 'nodemailer'
import type { EmailMessage } from '../email-sender.js'

/**
 * Returns the options of nodemailer for a message. The recipient is an address object, which nodemailer never parses as a
 * list or a header. No text is interpreted as a file name or a URL.
 */
export function mailOptions({ from, to, subject, text, html }: EmailMessage): SendMailOptions {
  return {
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
