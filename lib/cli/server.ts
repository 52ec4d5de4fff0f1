import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { FastAuthOptions } from '../composition/options/options-schema.js'
import type { Storage } from '../composition/storage.js'
import { fastAuth } from '../plugin.js'
import { allowOrigins } from './allow-origins.js'
import type { CliContext } from './cli-context.js'
import { addDemoRoutes } from './demo/demo-routes.js'
import { namedRoles } from './demo/named-roles.js'
import type { Mailbox } from './demo/remembering-sender.js'
import { drainConnections } from './drain-connections.js'
import { addHealthRoutes } from './health-routes.js'
import { loadPackage } from './load-package.js'
import { type DocumentedOptions, openapiDocument } from './openapi-document.js'
import { passkeyOptions } from './passkey-variables.js'
import type { ServeSettings } from './serve-environment.js'

export interface ServerParts
  extends Pick<ServeSettings, 'logLevel' | 'trustProxy' | 'isProduction' | 'options' | 'passkeys'> {
  readonly publicUrl: string
  readonly secrets: readonly string[]
  readonly accessTokenKeys: readonly string[]
  /** At the current version. The server closes it. */
  readonly storage: Storage
  readonly email: NonNullable<FastAuthOptions['email']>
  /** The messages that the demo shows; `null` if the demo must not show them. */
  readonly mailbox: Mailbox | null
  readonly limits: NonNullable<FastAuthOptions['limits']>
  readonly stdout: CliContext['stdout']
}

/** Ends the request of a client that sends it very slowly. There may be no proxy that does so. */
const requestTimeoutMilliseconds = 30_000

/** Allows only files of the same origin, which Swagger UI needs. */
const docsPolicy =
  "default-src 'self'; base-uri 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"

/** Logs a request without its query, since a client may have put a token there. */
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
  // The default handler of Fastify repeats the whole URL in the response and in the log.
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'There is no such route' }),
  )
  return app
}

async function addDocs(app: FastifyInstance, basePath: string, options: DocumentedOptions): Promise<void> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    loadPackage('@fastify/swagger', () => import('@fastify/swagger')),
    loadPackage('@fastify/swagger-ui', () => import('@fastify/swagger-ui')),
  ])
  await app.register(swagger, openapiDocument(basePath || '/', options))
  await app.register(swaggerUi, { routePrefix: '/docs', indexPrefix: basePath, staticCSP: docsPolicy })
}

/** Adds the route `/`: the demo in development, a redirect to the documentation in production. */
async function addStart(
  app: FastifyInstance,
  basePath: string,
  { isProduction, mailbox, options, passkeys }: ServerParts,
) {
  const { tokenMode = 'pair', secondFactor = 'off', emailSignIn, providers = [], organizations } = options
  const script = {
    ...{ tokenMode, secondFactor, hasPasskeys: passkeys.isOn, hasMailedCodes: emailSignIn !== undefined },
    roles: namedRoles(organizations),
    providers: providers.map(({ name, displayName }) => ({ name, displayName })),
  }
  if (!isProduction) return addDemoRoutes(app, { ...script, basePath, mailbox })
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect(`${basePath}/docs`))
}

/** In development, the demo is the page where users change their passwords. */
function withPasswordPage({ options: { passwords }, isProduction }: ServerParts, basePath: string) {
  return { ...(isProduction ? {} : { changePasswordUrl: `${basePath}/` }), ...passwords }
}

/** Builds the server of `fast-auth serve`, ready to listen: fast-auth, its documentation and the health routes. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { publicUrl, secrets, accessTokenKeys, storage, email, limits, options } = parts
  const app = createServer(parts)
  const basePath = new URL(publicUrl).pathname.replace(/\/+$/, '')
  await allowOrigins(app, options.trustedOrigins ?? [])
  const { trustedOrigins = [] } = options
  const withPasskeys = passkeyOptions(parts.passkeys, { publicUrl, trustedOrigins })
  await addDocs(app, basePath, { ...options, ...withPasskeys })
  const own = { secrets, accessTokenKeys, storage, publicUrl, email, limits, migrate: false }
  await app.register(fastAuth, { ...options, ...withPasskeys, ...own, passwords: withPasswordPage(parts, basePath) })
  addHealthRoutes(app, storage)
  await addStart(app, basePath, parts)
  return app
}
