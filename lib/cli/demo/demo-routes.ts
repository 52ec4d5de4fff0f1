import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { browserFiles } from './browser-files.js'
import { demoPage } from './demo-page.js'
import { mailboxPage } from './mailbox-page.js'
import { pagePolicy, type ScriptSettings } from './page.js'
import type { Mailbox } from './remembering-sender.js'

export interface DemoParts extends ScriptSettings {
  readonly basePath: string
  /** `null` if messages leave this machine, or if other machines could read the mailbox. */
  readonly mailbox: Mailbox | null
}

const thisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/** Returns whether a URL always refers to the local machine. */
export function isOnThisMachine(url: string): boolean {
  return thisMachine.test(new URL(url).host)
}

/** Headers in which proxies and content delivery networks name the client. */
const forwardingHeader =
  /^(forwarded|via|x-forwarded(-.+)?|x-(real|client|cluster-client|original|envoy-external)-?(ip|address|host|for)|(true|fastly)-client-ip|cf-.+|cdn-loop)$/

/**
 * Detects a proxy on this machine, which connects from a loopback address and may send any Host. Most proxies add a
 * header. nginx adds none by default, but uses HTTP/1.0, which no browser does.
 */
function isByProxy({ headers, raw }: FastifyRequest): boolean {
  return raw.httpVersion === '1.0' || Object.keys(headers).some(name => forwardingHeader.test(name))
}

/**
 * Returns whether a request comes from this machine and is addressed to it. An attacker can point a domain to this machine
 * (DNS rebinding), but the browser then sends that domain as the Host.
 */
function isLocal(request: FastifyRequest): boolean {
  const { headers, socket } = request
  if (isByProxy(request)) return false
  return /^(::ffff:)?127\.|^::1$/.test(String(socket.remoteAddress)) && thisMachine.test(String(headers.host))
}

function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', pagePolicy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
}

/** The page to try the server with, its files, and in development the messages that were sent. */
export async function addDemoRoutes(app: FastifyInstance, { basePath, mailbox, ...script }: DemoParts): Promise<void> {
  const files = await browserFiles()
  const html = demoPage({ ...script, basePath, hasMailbox: mailbox !== null })
  const schema = { hide: true }

  app.get('/', { schema }, (_, reply) => asPage(reply).send(html))

  app.get<{ Params: { '*': string } }>('/assets/*', { schema }, (request, reply) => {
    const file = files.get(request.params['*'])
    if (file === undefined) return reply.callNotFound()
    return reply
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-cache')
      .type(file.contentType)
      .send(file.text)
  })

  if (mailbox === null) return
  app.get('/dev/mail', { schema }, (request, reply) => {
    if (!isLocal(request)) return reply.callNotFound()
    return asPage(reply).send(mailboxPage(basePath, mailbox.messages()))
  })
}
