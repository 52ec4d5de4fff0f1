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

/** Sender, texts and links of messages. */
export const EmailOptions = Type.Object(
  {
    /** Sends the messages, such as `smtpSender({ url })` from `fast-auth/email`. Closed with the app. */
    sender: Type.Unsafe<EmailSender>(
      Type.Unknown({ description: 'a sender, such as smtpSender({ url }) from "fast-auth/email"' }),
    ),
    /** The sender's address of every message: `accounts@example.com` or `Example <accounts@example.com>`. */
    from: Type.String({
      pattern: '^[^\\r\\n]*@[^\\r\\n]+$',
      maxLength: 320,
      description: 'an address such as Example <accounts@example.com>',
    }),
    /** The application's name in messages and pages. Default: the host name of `publicUrl`. */
    appName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /** Message templates of your own: functions by kind of message. */
    messages: Type.Optional(Type.Unsafe<MessageTemplates>(Type.Object({}))),
    /** URLs of your own pages for mailed links, by purpose. The token is in the fragment. */
    links: Type.Optional(links),
    /** Lifetime of a link that confirms an address. */
    confirmationLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: 7 * day, default: day })),
    /** Lifetime of a link that sets a password. */
    resetLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: day, default: 3600 })),
  },
  { additionalProperties: false },
)
