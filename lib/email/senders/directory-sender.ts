import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmailSender } from '../email-sender.js'
import { loadNodemailer } from './load-nodemailer.js'
import { mailOptions } from './mail-options.js'

export interface DirectorySenderOptions {
  /** Where the messages go. Made where there is none. */
  readonly directory: string
}

/** Names that sort by time, also within a millisecond, and that no two processes share. */
function namesByTime(): () => string {
  let count = 0
  return () => {
    count += 1
    const time = new Date().toISOString().replaceAll(':', '-')
    return `${time}-${String(count).padStart(6, '0')}-${randomUUID().slice(0, 8)}`
  }
}

/**
 * Writes each message as an `.eml` file, which any mail program opens: for development and tests. A file is there whole or
 * not at all. Only its owner can read it, since its links open accounts. Needs the optional package nodemailer.
 * @throws {Error} where nodemailer is missing.
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
