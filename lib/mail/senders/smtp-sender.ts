import type { EmailSender } from '../email-sender.js'
import { loadNodemailer } from './load-nodemailer.js'
import { mailOptions } from './mail-options.js'

/** The options of `smtpSender`: a URL, or a transport of nodemailer. */
export type SmtpSenderOptions =
  | {
      /**
       * URL of the server: `smtp://user:password@host:587` (STARTTLS if the server offers it) or `smtps://…:465`. Percent-encode
       * user and password.
       */
      readonly url: string
    }
  | {
      /**
       * Transport of nodemailer, its options, or the result of `createTransport`, which stays open. For providers with an API,
       * DKIM, OAuth2 and so on.
       */
      readonly transport: object
    }

const timeoutMilliseconds = 10_000

/** `maxRequeues`: only the delivery retries failed messages, after a delay. */
const pool = {
  pool: true,
  maxRequeues: 0,
  dnsTimeout: timeoutMilliseconds,
  connectionTimeout: timeoutMilliseconds,
  greetingTimeout: timeoutMilliseconds,
  socketTimeout: timeoutMilliseconds,
} as const

type Transporter = Pick<ReturnType<ReturnType<typeof loadNodemailer>['createTransport']>, 'sendMail'>

function transportTo({ url }: { readonly url: string }): object {
  if (!/^smtps?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw new Error('The URL of an SMTP server looks like smtp://user:password@mail.example.com:587')
  }
  return { ...pool, url }
}

function sendWith(transporter: Transporter): EmailSender['send'] {
  return async (message, signal) => {
    await transporter.sendMail({ ...mailOptions(message), signal })
  }
}

/**
 * Creates a sender that uses SMTP with the optional package nodemailer: `npm install nodemailer`. Pools connections. A
 * server that does not respond for 10 seconds counts as failed.
 * @throws {Error} nodemailer is not installed, or the URL is invalid.
 * @example
 * ```ts
 * import { smtpSender } from 'fast-auth/email'
 *
 * const email = {
 *   sender: smtpSender({ url: 'smtp://user:password@mail.example.com:587' }),
 *   from: 'Example <accounts@example.com>',
 * }
 * await app.register(fastAuth, { secrets, storage, publicUrl: 'https://app.example.com', email })
 * ```
 */
export function smtpSender(options: SmtpSenderOptions): EmailSender {
  const transport = 'transport' in options ? options.transport : transportTo(options)
  if ('sendMail' in transport) return { send: sendWith(transport as Transporter) }
  const transporter = loadNodemailer().createTransport(transport)
  // An unhandled error event would end the process. The send of the affected message rejects anyway.
  transporter.on('error', () => {})
  return {
    send: sendWith(transporter),
    async close() {
      transporter.close({ force: true })
    },
  }
}
