// Every guard there is, and an OpenAPI document that knows them.
// Run it: npm run build && node examples/protected-routes.js, then open /openapi.json
import swagger from '@fastify/swagger'
import { currentUser, fastAuth, openapiDefaults } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })

// Before fast-auth, so that it sees every route.
await app.register(swagger, openapiDefaults)
await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  cookies: { secure: false },
})

const { authenticate, authenticateOptional, requireScopes, requireSession, requireRecentSignIn } = app.fastAuth

app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())

// Signed-in people and API keys.
app.get('/whoami', { onRequest: authenticate }, async request => currentUser(request))

// Everyone; `request.user` is `null` if no user is signed in.
app.get('/greeting', { onRequest: authenticateOptional }, async request => ({
  greeting: request.user === null ? 'Hello, stranger' : `Hello, ${request.user.email}`,
}))

// API keys only with this scope. A signed-in person holds every scope.
app.get('/reports', { onRequest: requireScopes('reports:read') }, async () => ({ reports: [] }))

// A person, not an API key; the full record from the storage.
app.get('/account', { onRequest: requireSession }, async request => {
  const { email, createdAt } = await request.loadUser()
  return { email, memberSince: new Date(createdAt).toISOString() }
})

// Only users who typed their password in the last five minutes.
app.post('/danger', { onRequest: requireRecentSignIn({ maxAgeSeconds: 300 }) }, async () => ({ done: true }))

// One guard for a whole group of routes.
await app.register(async admin => {
  admin.addHook('onRequest', requireSession)
  admin.get('/admin/numbers', async () => ({ users: 'many' }))
})

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
