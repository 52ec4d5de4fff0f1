import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { TokenMode } from '../../schemas/token-mode.js'
import type { FastAuthOptions } from '../options/options-schema.js'
import { fastAuth } from '../plugin.js'
import type { Storage } from '../storage/storage.js'
import { allowOrigins } from './allow-origins.js'
import type { CliContext } from './cli-context.js'
import { addDemoRoutes } from './demo/demo-routes.js'
import type { Mailbox } from './demo/remembering-sender.js'
import { drainConnections } from './drain-connections.js'
import { addHealthRoutes } from './health-routes.js'
import { loadPackage } from './load-package.js'
import { openapiDocument } from './openapi-document.js'
import type { ServeSettings } from './serve-environment.js'

export interface ServerParts extends Pick<ServeSettings, 'logLevel' | 'trustProxy' | 'isProduction' | 'options'> {
  readonly publicUrl: string
  readonly secrets: readonly string[]
  readonly accessTokenKeys: readonly string[]
  /** At the present version. Closed with the server. */
  readonly storage: Storage
  readonly email: NonNullable<FastAuthOptions['email']>
  /** What the demo shows of it; `null` where nobody may see that. */
  readonly mailbox: Mailbox | null
  readonly limits: NonNullable<FastAuthOptions['limits']>
  readonly stdout: CliContext['stdout']
}

/** No proxy need stand in front, so a client that sends its request by drops is ended here. */
const requestTimeoutMilliseconds = 30_000

/** Swagger UI's own files, and nothing from elsewhere. */
const docsPolicy =
  "default-src 'self'; base-uri 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"

/** What the log says of a request: not its query, where somebody may have put a token. */
function loggedRequest({ method, url, host, ip }: FastifyRequest) {
  return { method, url: url.replace(/\?.*/s, ''), host, remoteAddress: ip }
}

function createServer({ logLevel, stdout, trustProxy }: ServerParts): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel, stream: stdout, serializers: { req: loggedRequest } },
    trustProxy,
    requestTimeout: requestTimeoutMilliseconds,
    forceCloseConnections: 'idle',
  })
  drainConnections(app)
  // Fastify's own repeats the whole URL, in the answer and in the log.
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'There is nothing at this address' }),
  )
  return app
}

async function addDocs(app: FastifyInstance, basePath: string, tokenMode?: TokenMode): Promise<void> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    loadPackage('@fastify/swagger', () => import('@fastify/swagger')),
    loadPackage('@fastify/swagger-ui', () => import('@fastify/swagger-ui')),
  ])
  await app.register(swagger, openapiDocument(basePath || '/', tokenMode))
  await app.register(swaggerUi, { routePrefix: '/docs', indexPrefix: basePath, staticCSP: docsPolicy })
}

/** What is at `/`: in production whoever comes there wants to read. */
async function addStart(app: FastifyInstance, basePath: string, { isProduction, mailbox, options }: ServerParts) {
  if (!isProduction) return addDemoRoutes(app, { basePath, tokenMode: options.tokenMode ?? 'pair', mailbox })
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect(`${basePath}/docs`))
}

/** The server of `fast-auth serve`, ready to listen: fast-auth, its documentation, and what a supervisor asks. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { publicUrl, secrets, accessTokenKeys, storage, email, limits, options } = parts
  const app = createServer(parts)
  const basePath = new URL(publicUrl).pathname.replace(/\/+$/, '')
  await allowOrigins(app, options.trustedOrigins ?? [])
  await addDocs(app, basePath, options.tokenMode)
  const own = { secrets, accessTokenKeys, storage, publicUrl, email, limits, migrate: false }
  await app.register(fastAuth, { ...options, ...own })
  addHealthRoutes(app, storage)
  await addStart(app, basePath, parts)
  return app
}
