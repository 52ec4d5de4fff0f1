// Serves a single-page app in React, and the routes that it calls, on one origin.
// Run it: npm run build && AUTH_SECRET=$(npx fast-auth secret) node examples/single-page-app/server.js
import { fileURLToPath } from 'node:url'
import { fastAuth } from 'fast-auth'
import { consoleSender } from 'fast-auth/email'
import { oidc } from 'fast-auth/providers'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'
import { build } from 'vite'

const { OIDC_ISSUER: issuer = 'https://accounts.google.com', OIDC_CLIENT_ID: clientId = 'unknown' } = process.env
const clientSecret = process.env.OIDC_CLIENT_SECRET ?? 'unknown'
const port = Number(process.env.PORT ?? 3000)
const app = Fastify({ logger: { level: 'warn' } })

await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  publicUrl: `http://localhost:${port}`,
  // Prints messages to the terminal. Replace it by `smtpSender` to send them.
  email: { sender: consoleSender(), from: 'Hello <accounts@example.com>', appName: 'Hello' },
  // Mails sign-in codes, also to addresses without an account.
  emailSignIn: { signUp: true },
  // Passkeys belong to this domain. The second origin is that of Vite in development.
  passkeys: { rpId: 'localhost', rpName: 'Hello', origins: [`http://localhost:${port}`, 'http://localhost:5173'] },
  // Users also sign in with their accounts at a provider, which knows the app by OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Register
  // http://localhost:3000/auth/providers/company/callback there.
  providers: [oidc({ name: 'company', displayName: 'Company', issuer, clientId, clientSecret, vouchesForEmail: true })],
  // A provider may return the browser to pages of Vite in development.
  trustedOrigins: ['http://localhost:5173'],
  // Allows plain HTTP on this machine: remove this line if you use HTTPS.
  cookies: { secure: false },
})

app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))

// Builds the page once, and keeps it in memory. You can also write it to a folder, for @fastify/static or a web server.
const root = fileURLToPath(new URL('.', import.meta.url))
const built = [await build({ root, logLevel: 'warn', build: { write: false } })].flat()
for (const bundle of built) {
  for (const file of 'output' in bundle ? bundle.output : []) {
    const type = file.fileName.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8'
    const path = file.fileName === 'index.html' ? '/' : `/${file.fileName}`
    app.get(path, async (_request, reply) => reply.type(type).send(file.type === 'chunk' ? file.code : file.source))
  }
}

await app.listen({ port, host: 'localhost' })
// The name, not the address that it stands for: browsers allow no passkeys on http://127.0.0.1.
process.stdout.write(`Listening on http://localhost:${port}\n`)
