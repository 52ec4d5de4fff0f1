import type { EmailSender } from '../email-sender.js'
import { loadNodemailer } from './load-nodemailer.js'
import { mailOptions } from './mail-options.js'

export type SmtpSenderOptions =
  | {
      /** `smtp://user:password@host:587` (STARTTLS where the server has it) or `smtps://…:465`. Credentials are percent-encoded. */
      readonly url: string
    }
  | {
      /**
       * A transport of nodemailer, the options of one, or what its `createTransport` gave, which stays open: for providers
       * with an API, DKIM, OAuth2 and the like.
       */
      readonly transport: object
    }

const timeoutMilliseconds = 10_000

/** `maxRequeues`: what failed is tried again by the delivery, after a while, and by nobody else. */
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
 * Sends over SMTP with nodemailer, an optional package: `npm install nodemailer`. Connections are pooled; a server that
 * says nothing for 10 s has failed.
 * @throws {Error} where nodemailer is missing, or the URL isn't one.
 */
export function smtpSender(options: SmtpSenderOptions): EmailSender {
  const transport = 'transport' in options ? options.transport : transportTo(options)
  if ('sendMail' in transport) return { send: sendWith(transport as Transporter) }
  const transporter = loadNodemailer().createTransport(transport)
  // Unheard, it would end the process. The message that suffered from it rejects by itself.
  transporter.on('error', () => {})
  return {
    send: sendWith(transporter),
    async close() {
      transporter.close({ force: true })
    },
  }
}
