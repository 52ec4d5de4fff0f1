// Accounts in Redis, which keeps them as a database does: with an append-only file, and evicting nothing.
// Run it: npm run build && REDIS_URL=redis://localhost AUTH_SECRET=$(npx fast-auth secret) node examples/redis.js
import { fastAuth } from 'fast-auth'
import { redisStorage } from 'fast-auth/storage/redis'
import Fastify from 'fastify'
import { createClient } from 'redis'

const app = Fastify({ logger: { level: 'warn' } })

// What cannot be sent now fails now, and is answered 503, rather than wait in a queue.
const client = createClient({ url: process.env.REDIS_URL ?? 'redis://localhost', disableOfflineQueue: true })
client.on('error', error => app.log.error(error))
await client.connect()
app.addHook('onClose', () => client.close())

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: redisStorage({ client }),
  // Plain HTTP on this machine only: leave it out where there is HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
