import fastifyJwt from '@fastify/jwt'
import { type AuthenticatedUser, currentUser, fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: { readonly device: number }
    user: { readonly device: number }
  }
}

const app = Fastify()
await app.register(fastifyJwt, { secret: 'of the host', namespace: 'devices' })
await app.register(fastAuth, { secrets: ['a secret of at least 32 characters'], storage: memoryStorage() })

app.get('/device', async request => {
  const device: number = request.user.device
  return device
})
app.get('/mine', { onRequest: app.fastAuth.requireSession }, async request => {
  const user: AuthenticatedUser = currentUser(request)
  const { createdAt } = await request.loadUser()
  return { id: user.id, createdAt }
})
