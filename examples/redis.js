// Stores accounts in Redis. Redis needs an append-only file, and the policy `noeviction`, to keep them like a database.
// Run it: npm run build && REDIS_URL=redis://localhost AUTH_SECRET=$(npx fast-auth secret) node examples/redis.js
import { fastAuth } from 'fast-auth'
import { redisStorage } from 'fast-auth/storage/redis'
import Fastify from 'fastify'
import { createClient } from 'redis'

const app = Fastify({ logger: { level: 'warn' } })

// Without a connection, a command fails immediately instead of waiting in a queue, and the client gets 503.
const client = createClient({ url: process.env.REDIS_URL ?? 'redis://localhost', disableOfflineQueue: true })
client.on('error', error => app.log.error(error))
await client.connect()
app.addHook('onClose', () => client.close())

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: redisStorage({ client }),
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
