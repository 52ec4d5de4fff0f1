// Runs one of several processes, which start.js starts. The processes share only the database.
import { fastAuth } from 'fast-auth'
import { postgresStorage } from 'fast-auth/storage/postgres'
import Fastify from 'fastify'
import pg from 'pg'

// Trust only the proxy for the client address of a request.
const app = Fastify({ logger: { level: 'warn' }, trustProxy: '127.0.0.1' })

// The sum of the pools of all processes must be below `max_connections` of the server.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5000, max: 5 })
pool.on('error', error => app.log.error(error))
app.addHook('onClose', () => pool.end())

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: postgresStorage({ pool }),
  publicUrl: process.env.PUBLIC_URL ?? '',
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({
  hello: request.user?.email,
  from: request.ip,
  process: process.pid,
}))

const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.(Number(new URL(url).port))
// No more requests arrive after the proxy has ended.
process.once('disconnect', () => app.close())
