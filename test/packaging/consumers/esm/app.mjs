import { randomBytes } from 'node:crypto'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const app = Fastify()
await app.register(fastAuth, { secrets: [randomBytes(32).toString('base64url')], storage: memoryStorage() })
app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => `Hello, ${request.user.email}`)

const payload = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }
const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload })
const headers = { authorization: `Bearer ${signUp.json().accessToken}` }
const hello = await app.inject({ url: '/hello', headers })
process.stdout.write(hello.body)
await app.close()
