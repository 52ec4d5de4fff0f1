// Runs the smallest application: accounts in an SQLite file, and one route for users who have signed in.
// Run it: npm run build && node examples/minimal.js
import { fastAuth } from 'fast-auth'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: sqliteStorage({ file: process.env.DATABASE_FILE ?? 'minimal.db' }),
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
