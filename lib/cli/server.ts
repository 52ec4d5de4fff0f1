import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { TokenMode } from '../../schemas/token-mode.js'
import type { FastAuthOptions } from '../options/options-schema.js'
import { fastAuth } from '../plugin.js'
import type { Storage } from '../storage/storage.js'
import { drainConnections } from './drain-connections.js'
import { addHealthRoutes } from './health-routes.js'
import { loadPackage } from './load-package.js'
import { openapiDocument } from './openapi-document.js'
import type { ServeSettings } from './serve-environment.js'
import type { Surroundings } from './surroundings.js'

export interface ServerParts extends Pick<ServeSettings, 'logLevel' | 'trustProxy' | 'options'> {
  readonly publicUrl: string
  readonly secrets: readonly string[]
  readonly accessTokenKeys: readonly string[]
  /** At the present version. Closed with the server. */
  readonly storage: Storage
  readonly email: NonNullable<FastAuthOptions['email']>
  readonly stdout: Surroundings['stdout']
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
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect(`${basePath}/docs`))
}

/** The server of `fast-auth serve`, ready to listen: fast-auth, its documentation, and what a supervisor asks. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { publicUrl, secrets, accessTokenKeys, storage, email, options } = parts
  const app = createServer(parts)
  await addDocs(app, new URL(publicUrl).pathname.replace(/\/+$/, ''), options.tokenMode)
  await app.register(fastAuth, { ...options, secrets, accessTokenKeys, storage, publicUrl, email, migrate: false })
  addHealthRoutes(app, storage)
  return app
}
