import Fastify, { type FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { smtpSender } from '../../lib/mail/index.js'
import { type MailServer, type ReceivedMail, startMailServer } from '../mail/mail-server.js'
import { secret } from '../support/secret.js'
import { cheapPasswords } from '../support/test-application.js'

export interface MailedApplication {
  readonly app: FastifyInstance
  readonly url: string
  readonly mailServer: MailServer
  /** Every request that the application got: `POST /auth/email/confirm`. */
  readonly requests: string[]
  /** Resolves with the first message to this address with this in its text, once it has arrived. */
  mailTo(address: string, text: string): Promise<ReceivedMail>
  post(path: string, payload: object, headers?: Record<string, string>): Promise<Response>
}

const patienceMilliseconds = 30_000

/** The one link in a message, as an independent parser read it. */
export function linkOf({ mail }: ReceivedMail): string {
  const links = mail.text?.match(/https?:\S+/g) ?? []
  if (links.length !== 1) throw new Error(`not one link in: ${mail.text}`)
  return links[0] as string
}

/** A listening application on a SQLite file, with a real SMTP server. Both end with the test. */
export async function mailedApplication(t: Test, options: Partial<FastAuthOptions> = {}): Promise<MailedApplication> {
  const mailServer = await startMailServer()
  const port = await freePort('127.0.0.1')
  const url = `http://localhost:${port}`
  const app = Fastify()
  const requests: string[] = []
  app.addHook('onRequest', async ({ method, url: path }) => {
    requests.push(`${method} ${path}`)
  })
  t.teardown(async () => {
    await app.close()
    await mailServer.close()
  })
  await app.register(fastAuth, {
    secrets: [secret],
    passwords: cheapPasswords,
    storage: sqliteStorage({ file: `${t.testdir({})}/app.db` }),
    publicUrl: url,
    cookies: { secure: false },
    email: { sender: smtpSender({ url: mailServer.url }), from: 'Example <accounts@example.com>', appName: 'Example' },
    ...options,
  })
  await app.listen({ port, host: '127.0.0.1' })
  return {
    app,
    url,
    mailServer,
    requests,
    async mailTo(address, text) {
      const until = performance.now() + patienceMilliseconds
      while (performance.now() < until) {
        const found = mailServer.received.find(
          ({ recipients, mail }) => recipients.includes(address) && mail.text?.includes(text) === true,
        )
        if (found !== undefined) return found
        await new Promise(resolve => setTimeout(resolve, 20))
      }
      throw new Error(`no message to ${address} with "${text}"`)
    },
    post: (path, payload, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(payload),
      }),
  }
}
