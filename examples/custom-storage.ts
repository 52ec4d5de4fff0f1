// Stores accounts in a file with the adapter in custom-storage/. docs/storage-adapters.md explains the adapter.
// Run it with Node.js 22.18 or later: npm run build && node examples/custom-storage.ts
import { fastAuth } from 'fast-auth'
import Fastify from 'fastify'
import { jsonLinesStorage } from './custom-storage/json-lines-storage.ts'

const app = Fastify({ logger: { level: 'warn' } })
const storage = jsonLinesStorage({ file: process.env.DATA_FILE ?? 'accounts.jsonl' })

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage,
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
