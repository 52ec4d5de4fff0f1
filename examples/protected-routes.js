// Shows every guard, and an OpenAPI document that includes them.
// Run it: npm run build && node examples/protected-routes.js, then open /openapi.json
import swagger from '@fastify/swagger'
import { currentUser, fastAuth, openapiDefaults } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })

// Register this plugin before fast-auth, so that it documents every route.
await app.register(swagger, openapiDefaults)
await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  cookies: { secure: false },
})

const { authenticate, authenticateOptional, requireScopes, requireSession, requireRecentSignIn } = app.fastAuth

app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())

// Accepts users who have signed in, and API keys.
app.get('/whoami', { onRequest: authenticate }, async request => currentUser(request))

// Accepts every client; `request.user` is `null` if no user is signed in.
app.get('/greeting', { onRequest: authenticateOptional }, async request => ({
  greeting: request.user === null ? 'Hello, guest' : `Hello, ${request.user.email}`,
}))

// Accepts API keys only with this scope. A user who has signed in has every scope.
app.get('/reports', { onRequest: requireScopes('reports:read') }, async () => ({ reports: [] }))

// Accepts users, but no API keys. Returns the full record from the storage.
app.get('/account', { onRequest: requireSession }, async request => {
  const { email, createdAt } = await request.loadUser()
  return { email, memberSince: new Date(createdAt).toISOString() }
})

// Accepts only users who have entered their password in the last five minutes.
app.post('/danger', { onRequest: requireRecentSignIn({ maxAgeSeconds: 300 }) }, async () => ({ done: true }))

// Protects a group of routes with one guard. fast-auth cannot see to which routes it applies, so they declare `security`.
const security = [{ accessCookie: [] }, { accessToken: [] }]
await app.register(async admin => {
  admin.addHook('onRequest', requireSession)
  admin.get('/admin/numbers', { schema: { security } }, async () => ({ users: 'many' }))
})

process.stdout.write(`Listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}\n`)
