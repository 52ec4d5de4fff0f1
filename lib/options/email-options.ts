import { Type } from '@sinclair/typebox'
import type { EmailSender } from '../email/email-sender.js'
import type { MessageTemplates } from '../email/templates/message-template.js'

const day = 86_400
const link = Type.Optional(
  Type.String({
    format: 'url',
    pattern: '^https?://[^\\s#]+$',
    description: 'an http or https URL without a fragment, such as https://app.example.com/welcome',
  }),
)

const links = Type.Object(
  { confirmEmail: link, resetPassword: link, changeEmail: link },
  { additionalProperties: false },
)

/** How mail is sent, and what it says. */
export const EmailOptions = Type.Object(
  {
    /** Takes messages away, such as `smtpSender({ url })` from `fast-auth/email`. Closed with the app. */
    sender: Type.Unsafe<EmailSender>(
      Type.Unknown({ description: 'a sender, such as smtpSender({ url }) from "fast-auth/email"' }),
    ),
    /** The sender's address of every message: `accounts@example.com` or `Example <accounts@example.com>`. */
    from: Type.String({
      pattern: '^[^\\r\\n]*@[^\\r\\n]+$',
      maxLength: 320,
      description: 'an address such as Example <accounts@example.com>',
    }),
    /** What messages and pages call the application. The default is the host name of `publicUrl`. */
    appName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /** Words of your own for any kind of message: functions by kind. */
    messages: Type.Optional(Type.Unsafe<MessageTemplates>(Type.Object({}))),
    /** Pages of your own that links lead to, by purpose. The token is in the fragment. */
    links: Type.Optional(links),
    /** How long a link that confirms an address is good for. */
    confirmationLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: 7 * day, default: day })),
    /** How long a link that sets a password is good for. */
    resetLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: day, default: 3600 })),
  },
  { additionalProperties: false },
)
