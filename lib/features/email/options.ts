import { Type } from '@sinclair/typebox'
import type { EmailSender } from '../../mail/email-sender.js'
import type { MessageTemplates } from '../../mail/templates/message-template.js'

const day = 86_400
const link = Type.Optional(
  Type.String({
    format: 'url',
    pattern: '^https?://[^\\s#]+$',
    description: 'an http or https URL without a fragment, such as https://app.example.com/welcome',
  }),
)

/** Your own pages for mailed links. The token is in the fragment: `#token=…`. */
const LinkOptions = Type.Object(
  {
    /**
     * URL of the page that confirms an address.
     * @default none: the page of fast-auth
     */
    confirmEmail: link,
    /**
     * URL of the page that sets a new password.
     * @default none: the page of fast-auth
     */
    resetPassword: link,
    /**
     * URL of the page that confirms a changed address.
     * @default none: the page of fast-auth
     */
    changeEmail: link,
    /**
     * URL of the page that signs the user in with the code in the fragment: `#token=…`. Used only with `emailSignIn`.
     * @default none: the page of fast-auth
     */
    signIn: link,
    /**
     * URL of the page that accepts an invitation to an organisation. Used only with `organizations`.
     * @default none: the page of fast-auth
     */
    invitation: link,
  },
  { additionalProperties: false },
)

/** Sender, texts and links of messages. */
export const EmailOptions = Type.Object(
  {
    /**
     * Sender of the messages. fast-auth closes it with the app.
     * @example
     * ```ts
     * import { smtpSender } from 'fast-auth/email'
     *
     * const email = {
     *   sender: smtpSender({ url: 'smtps://user:password@mail.example.com:465' }),
     *   from: 'Example <accounts@example.com>',
     * }
     * await app.register(fastAuth, { secrets, storage, publicUrl: 'https://app.example.com', email })
     * ```
     */
    sender: Type.Unsafe<EmailSender>(
      Type.Unknown({ description: 'a sender, such as smtpSender({ url }) from "fast-auth/email"' }),
    ),
    /**
     * Address in the header `From` of every message, with or without a display name.
     * @example
     * ```ts
     * from: 'Example <accounts@example.com>'
     * ```
     * @see RFC 5322, section 3.4
     */
    from: Type.String({
      pattern: '^[^\\r\\n]*@[^\\r\\n]+$',
      maxLength: 320,
      description: 'an address such as Example <accounts@example.com>',
    }),
    /**
     * Name of the application in messages and pages.
     * @default The host name of `publicUrl`.
     */
    appName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /**
     * Message templates of your own, by kind of message. Each returns the subject, text and HTML of one message. Escape the
     * values that you put into HTML.
     * @default none: the templates of fast-auth
     * @example
     * ```ts
     * messages: {
     *   resetPassword: ({ link }) => ({
     *     subject: 'Your new password',
     *     text: `Choose a new password: ${link}`,
     *     html: `<p><a href="${link}">Choose a new password</a></p>`,
     *   }),
     * }
     * ```
     */
    messages: Type.Optional(Type.Unsafe<MessageTemplates>(Type.Object({}))),
    /**
     * URLs of your own pages for mailed links, by purpose. The token is in the fragment: `#token=…`.
     * @default none: the pages of fast-auth
     * @example
     * ```ts
     * links: { resetPassword: 'https://app.example.com/new-password' }
     * ```
     */
    links: Type.Optional(LinkOptions),
    /**
     * Lifetime of a link that confirms an address or a change of the address, in seconds.
     * @default 86_400 (1 day)
     * @see OWASP ASVS 5.0, 6.4.1
     */
    confirmationLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: 7 * day, default: day })),
    /**
     * Lifetime of a link that sets a password, in seconds.
     * @default 3600 (1 hour)
     * @see OWASP ASVS 5.0, 6.4.1
     */
    resetLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 300, maximum: day, default: 3600 })),
  },
  { additionalProperties: false },
)
