import '@fastify/jwt'
import { type AuthenticatedUser, currentUser, fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const app = Fastify()
await app.register(fastAuth, { secrets: ['a secret of at least 32 characters'], storage: memoryStorage() })

app.get('/mine', { onRequest: app.fastAuth.requireSession }, async request => {
  const user: AuthenticatedUser = currentUser(request)
  // @ts-expect-error @fastify/jwt says what this is, until the host declares FastifyJWT.
  const undeclared: AuthenticatedUser | null = request.user
  return [user, undeclared]
})
