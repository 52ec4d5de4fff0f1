import type { FastifyInstance } from 'fastify'
import { serialisedOrigin } from '../http/serialised-origin.js'
import { loadPackage } from './load-package.js'

/** How long a browser may cache the response to a preflight. */
const preflightSeconds = 600

/**
 * Answers CORS preflights of these origins, and lets their pages read every response, with credentials. Responses to other
 * origins have no CORS header. Without origins, does nothing and needs no package. Call it before you add routes.
 * @throws {Error} The package `@fastify/cors` is not installed.
 */
export async function allowOrigins(app: FastifyInstance, trustedOrigins: readonly string[]): Promise<void> {
  if (trustedOrigins.length === 0) return
  const { default: cors } = await loadPackage('@fastify/cors', () => import('@fastify/cors'))
  const origins = new Set(trustedOrigins.map(serialisedOrigin))
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && origins.has(origin)),
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['Retry-After', 'WWW-Authenticate'],
    maxAge: preflightSeconds,
  })
}
