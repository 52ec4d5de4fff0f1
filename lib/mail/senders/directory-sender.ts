import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmailSender } from '../email-sender.js'
import { loadNodemailer } from './load-nodemailer.js'
import { mailOptions } from './mail-options.js'

/** The options of `directorySender`. */
export interface DirectorySenderOptions {
  /** Path of the folder for the messages. `directorySender` creates a missing folder. */
  readonly directory: string
}

/** Returns unique file names that sort by time, even within a millisecond, also across processes. */
function namesByTime(): () => string {
  let count = 0
  return () => {
    count += 1
    const time = new Date().toISOString().replaceAll(':', '-')
    return `${time}-${String(count).padStart(6, '0')}-${randomUUID().slice(0, 8)}`
  }
}

/**
 * Creates a sender that writes each message as an `.eml` file for mail programs, in development and tests. Writes files
 * atomically. Only their owner can read them, since the links give access to accounts. Needs the package nodemailer.
 * @throws {Error} nodemailer is not installed.
 * @example
 * ```ts
 * import { directorySender } from 'fast-auth/email'
 *
 * const email = { sender: directorySender({ directory: 'mails' }), from: 'Example <accounts@example.com>' }
 * await app.register(fastAuth, { secrets, storage, publicUrl: 'http://localhost:3000', email })
 * ```
 * @see RFC 5322 (format of messages)
 */
export function directorySender({ directory }: DirectorySenderOptions): EmailSender {
  const transporter = loadNodemailer().createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const nextName = namesByTime()
  return {
    delivers: false,
    async send(message) {
      const { message: mime } = await transporter.sendMail(mailOptions(message))
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const name = nextName()
      const unfinished = join(directory, `.${name}.unfinished`)
      await writeFile(unfinished, mime, { mode: 0o600, flag: 'wx' })
      await rename(unfinished, join(directory, `${name}.eml`))
    },
  }
}
