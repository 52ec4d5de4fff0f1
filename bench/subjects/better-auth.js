// Opens a Fastify application with better-auth on its memory adapter, which calls no database.
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { fromNodeHeaders } from 'better-auth/node'
import Fastify from 'fastify'
import { hello } from './subject.js'

const account = { name: 'Person', email: 'person@example.com', password: 'correct horse battery' }

/**
 * @param {{ credential: 'cookie' | 'apiKey', cookieCache?: boolean }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ credential, cookieCache = false }) {
  const auth = betterAuth({
    baseURL: 'http://localhost',
    secret: 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] }),
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: cookieCache, maxAge: 3600 } },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
    telemetry: { enabled: false },
  })
  const signedUp = await auth.api.signUpEmail({ body: account, returnHeaders: true })
  const cookie = signedUp.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
  const { key } = await auth.api.createApiKey({ body: { userId: signedUp.response.user.id, name: 'bench' } })

  const app = Fastify()
  const refuse = () => Object.assign(new Error('Not signed in'), { statusCode: 401 })

  /** @param {import('fastify').FastifyRequest} request */
  async function bySession({ headers }) {
    const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) })
    if (session === null) throw refuse()
  }

  /** @param {import('fastify').FastifyRequest} request */
  async function byApiKey({ headers }) {
    const { valid } = await auth.api.verifyApiKey({ body: { key: String(headers['x-api-key']) } })
    if (!valid) throw refuse()
  }

  app.get('/protected', { onRequest: credential === 'apiKey' ? byApiKey : bySession }, hello)
  const headers = [credential === 'apiKey' ? `X-API-Key: ${key}` : `Cookie: ${cookie}`]
  return { app, credentials: count => Array.from({ length: count }, () => headers) }
}
