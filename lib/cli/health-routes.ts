import type { FastifyInstance, LogLevel } from 'fastify'
import { instrumentedStorage } from '../storage/instrumented-storage.js'
import type { Storage } from '../storage/storage.js'

const storageLimitMilliseconds = 2000

/**
 * `/healthz`: this process answers. `/readyz`: so does the storage, which takes writes, within 2 s; 503 where it doesn't, with the reason in
 * the log. `degraded`: requests are served, but each asks the storage. Neither is in the OpenAPI document.
 */
export function addHealthRoutes(app: FastifyInstance, storage: Storage): void {
  const { ping } = instrumentedStorage(storage, storageLimitMilliseconds)
  // A probe every second would drown the rest of the log.
  const logLevel = app.log.level === 'info' ? 'warn' : (app.log.level as LogLevel)
  const probe = { schema: { hide: true }, logLevel } as const

  app.get('/healthz', probe, (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))

  app.get('/readyz', probe, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await ping()
      return { status: app.fastAuth.health().revocationFeed === 'stale' ? 'degraded' : 'ok' }
    } catch (error) {
      request.log.error({ err: error }, 'The storage does not answer')
      return reply.code(503).send({ status: 'unavailable' })
    }
  })
}
