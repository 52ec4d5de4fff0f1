import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TokenMode } from '../../../schemas/token-mode.js'
import { browserFiles } from './browser-files.js'
import { demoPage } from './demo-page.js'
import { mailboxPage } from './mailbox-page.js'
import { pagePolicy } from './page.js'
import type { Mailbox } from './remembering-sender.js'

export interface DemoParts {
  readonly basePath: string
  readonly tokenMode: TokenMode
  /** `null` where messages leave this machine, or others may ask for them. */
  readonly mailbox: Mailbox | null
}

const thisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/** Whether a URL leads to the machine that it is opened on. */
export function isOnThisMachine(url: string): boolean {
  return thisMachine.test(new URL(url).host)
}

/** Headers by which proxies and content delivery networks name the client. */
const forwardingHeader =
  /^(forwarded|via|x-forwarded(-.+)?|x-(real|client|cluster-client|original|envoy-external)-?(ip|address|host|for)|(true|fastly)-client-ip|cf-.+|cdn-loop)$/

/**
 * A proxy on this machine connects from a loopback address, and may send the Host of its own configuration. Most add a
 * header; nginx with its defaults adds none, and speaks HTTP/1.0, which no browser does.
 */
function isByProxy({ headers, raw }: FastifyRequest): boolean {
  return raw.httpVersion === '1.0' || Object.keys(headers).some(name => forwardingHeader.test(name))
}

/**
 * Whether a request is from this machine, for this machine. A page of an attacker can make its own name lead here (DNS
 * rebinding), but it cannot make the browser send another name than its own.
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
export async function addDemoRoutes(app: FastifyInstance, { basePath, tokenMode, mailbox }: DemoParts): Promise<void> {
  const files = await browserFiles()
  const html = demoPage({ basePath, tokenMode, hasMailbox: mailbox !== null })
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
