// Opens @fastify/jwt as its README shows it. A token in a cookie needs @fastify/cookie, which is registered too.
import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import fastifyJwt from '@fastify/jwt'
import Fastify from 'fastify'
import { hello } from './subject.js'

/**
 * @param {{ credential: 'cookie' | 'bearer', cache?: number }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ credential, cache }) {
  const app = Fastify()
  const verify = cache === undefined ? {} : { verify: { cache } }
  await app.register(fastifyCookie)
  await app.register(fastifyJwt, {
    secret: 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8',
    sign: { expiresIn: '1h' },
    ...(credential === 'cookie' ? { cookie: { cookieName: 'token', signed: false } } : {}),
    ...verify,
  })
  app.get('/protected', { onRequest: request => request.jwtVerify() }, hello)

  function headers() {
    const token = app.jwt.sign({ sub: randomUUID(), sid: randomUUID(), email: 'person@example.com' })
    return [credential === 'cookie' ? `Cookie: token=${token}` : `Authorization: Bearer ${token}`]
  }

  return { app, credentials: count => Array.from({ length: count }, headers) }
}
