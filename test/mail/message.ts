import type { EmailMessage } from '../../lib/mail/email-sender.js'

export const message: EmailMessage = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  createdAt: new Date('2026-01-02T03:04:05Z'),
  from: 'Orchard <no-reply@orchard.example>',
  to: 'ada@example.com',
  subject: 'Grüße – set a new password',
  text: 'Hello Ada,\n\nhttps://orchard.example/auth/password/reset#token=abc-DEF_123\n',
  html: '<!DOCTYPE html><p>Hello <b>Ada</b>, <a href="https://orchard.example/auth/password/reset#token=abc-DEF_123">set it</a></p>\n',
}

export const soon = () => AbortSignal.timeout(20_000)
