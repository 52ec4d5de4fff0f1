// The smallest application: accounts in a SQLite file, and one route for signed-in people.
// Run it: npm run build && node examples/minimal.js
import { fastAuth } from 'fast-auth'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: sqliteStorage({ file: process.env.DATABASE_FILE ?? 'minimal.db' }),
  // Plain HTTP on this machine only: leave it out where there is HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
