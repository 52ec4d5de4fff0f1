// One of several processes; start.js starts it. They know of each other through the database alone.
import { fastAuth } from 'fast-auth'
import { postgresStorage } from 'fast-auth/storage/postgres'
import Fastify from 'fastify'
import pg from 'pg'

// Trust only the proxy for the client address of a request.
const app = Fastify({ logger: { level: 'warn' }, trustProxy: '127.0.0.1' })

// All processes together stay below what the server takes.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5000, max: 5 })
pool.on('error', error => app.log.error(error))
app.addHook('onClose', () => pool.end())

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: postgresStorage({ pool }),
  publicUrl: process.env.PUBLIC_URL ?? '',
  // Plain HTTP on this machine only: leave it out where there is HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({
  hello: request.user?.email,
  from: request.ip,
  process: process.pid,
}))

const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.(Number(new URL(url).port))
// When the proxy has ended, no more requests arrive.
process.once('disconnect', () => app.close())
