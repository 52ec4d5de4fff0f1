import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  /** The envelope's recipients, whatever the headers say. */
  readonly recipients: readonly string[]
  readonly sender: string
  /** As an independent parser reads it. */
  readonly mail: Email
}

export interface MailServer {
  readonly url: string
  readonly port: number
  readonly received: readonly ReceivedMail[]
  /** How many connections there were. */
  readonly connections: number
  close(): Promise<void>
}

export interface MailServerOptions extends Pick<SMTPServerOptions, 'onRcptTo' | 'onAuth' | 'authOptional'> {
  /** Default: any free one. */
  readonly port?: number
  /** How long the server thinks before it takes a message. */
  readonly thinkMilliseconds?: number
  /** A promise that the server awaits before it accepts a message. */
  ready?(): Promise<unknown>
  /** Runs when it has taken a message. What it throws is the reply. */
  onReceived?(): void
}

async function textOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** An SMTP server on this machine that keeps what it gets. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { port: wantedPort = 0, thinkMilliseconds = 0, ready, onReceived, ...rest } = options
  const received: ReceivedMail[] = []
  let connections = 0

  const server = new SMTPServer({
    ...rest,
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, callback) {
      connections += 1
      callback()
    },
    onData(stream, { envelope }, callback) {
      const receive = async () => {
        const raw = await textOf(stream)
        await delay(thinkMilliseconds)
        await ready?.()
        received.push({
          recipients: envelope.rcptTo.map(({ address }) => address),
          sender: envelope.mailFrom ? envelope.mailFrom.address : '',
          mail: await PostalMime.parse(raw),
        })
        onReceived?.()
      }
      receive().then(() => callback(), callback)
    },
  })
  // Clients that are cut off while they talk are an everyday matter here.
  server.on('error', () => {})
  server.listen(wantedPort, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    get connections() {
      return connections
    },
    close: () => new Promise(resolve => server.close(resolve)),
  }
}
