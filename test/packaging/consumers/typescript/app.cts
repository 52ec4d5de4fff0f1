import Fastify = require('fastify')
import fastAuth = require('fast-auth')
import memory = require('fast-auth/storage/memory')

const app = Fastify()
app.register(fastAuth.fastAuth, {
  secrets: ['a secret of at least 32 characters'],
  storage: memory.memoryStorage(),
})
// @ts-expect-error An option that fast-auth doesn't have.
app.register(fastAuth.fastAuth, { secrets: ['a secret'], storage: memory.memoryStorage(), secret: 'misspelt' })

app.register(async scope => {
  scope.get('/hello', { onRequest: scope.fastAuth.authenticate }, async request => {
    const user: fastAuth.AuthenticatedUser | null = request.user
    return `Hello, ${user?.email}`
  })
})
