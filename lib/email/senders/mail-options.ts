import type { SendMailOptions } from 'nodemailer'
import type { EmailMessage } from '../email-sender.js'

/**
 * A message for nodemailer. The recipient is an address object, which is never read as a list or a header; no text is
 * ever taken for a file name or a URL.
 */
export function mailOptions({ from, to, subject, text, html }: EmailMessage): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    // RFC 3834: no vacation reply answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
