import '@fastify/jwt'
import { type AuthenticatedUser, fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    user: AuthenticatedUser | null
  }
}

const app = Fastify()
await app.register(fastAuth, { secrets: ['a secret of at least 32 characters'], storage: memoryStorage() })
app.get('/mine', { onRequest: app.fastAuth.authenticate }, async ({ user }) => user?.email)
