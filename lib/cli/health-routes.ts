import type { FastifyInstance, LogLevel } from 'fastify'
import type { Storage } from '../composition/storage.js'
import { instrumentedStorage } from '../storage/instrumented-storage.js'

const storageLimitMilliseconds = 2000

/**
 * Adds `/healthz`, which succeeds while the process runs, and `/readyz`, which also requires the storage to answer and to
 * accept writes within 2 s. Otherwise `/readyz` responds with 503, and the log has the reason. `degraded` means that the
 * server works, but each request reads the storage. Neither route is in the OpenAPI document.
 */
export function addHealthRoutes(app: FastifyInstance, storage: Storage): void {
  const { ping } = instrumentedStorage(storage, storageLimitMilliseconds)
  // A probe every second would fill the log.
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
