// Runs a club with user names and profiles. A user joins by invitation, and sees the history of the account.
// Run it: npm run build && AUTH_SECRET=$(npx fast-auth secret) node examples/members-only/app.ts (Node.js 22.18 or later)
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { currentUser, fastAuth, openapiDefaults, SignUpRefusedError } from 'fast-auth'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import Fastify from 'fastify'
import { auditPage } from './audit-page.ts'
import { Profile } from './profile.ts'

const { AUTH_SECRET = '', PAYMENT_SECRET = '', FIRST_MEMBER = 'ada@example.com', PORT = '3000' } = process.env

// If your application has more than one process, keep these addresses in its database.
const invitedAddresses = new Set([FIRST_MEMBER])

const app = Fastify().withTypeProvider<TypeBoxTypeProvider>()
await app.register(swagger, openapiDefaults)
await app.register(fastAuth, {
  secrets: [AUTH_SECRET],
  storage: sqliteStorage({ file: 'members.db' }),
  cookies: { secure: false },
  usernames: true,
  profileSchema: Profile,
  auditLog: true,
  // With `email` and `requireEmailConfirmation`, no other person can use the address of an invited user.
  hooks: {
    beforeSignUp({ email }) {
      if (!invitedAddresses.has(email)) throw new SignUpRefusedError('Ask a member to invite you')
    },
    async afterSignUp({ user }) {
      invitedAddresses.delete(user.email)
      await app.fastAuth.updateProfile(user.id, { plan: 'free' })
    },
  },
})

const { requireSession } = app.fastAuth

app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())

app.post(
  '/invitations',
  { onRequest: requireSession, schema: { body: Type.Object({ email: Type.String({ maxLength: 254 }) }) } },
  async ({ body: { email } }, reply) => {
    invitedAddresses.add(email.toLowerCase())
    return reply.code(204).send()
  },
)

app.get('/history', { onRequest: requireSession }, async (request, reply) => {
  const events = await app.fastAuth.listEvents({ userId: currentUser(request).id, limit: 100 })
  return reply.type('text/html; charset=utf-8').send(auditPage(events))
})

app.get('/lounge', { onRequest: requireSession }, async (request, reply) => {
  const { username, profile } = await request.loadUser()
  if (profile.plan !== 'pro') return reply.code(402).send({ message: 'The lounge is for the plan "pro"' })
  return { welcome: profile.displayName, username }
})

// The payment provider calls this route with a secret. A member cannot set the plan.
app.post(
  '/payments',
  { schema: { body: Type.Object({ secret: Type.String(), userId: Type.String({ format: 'uuid' }) }) } },
  async ({ body: { secret, userId } }, reply) => {
    if (PAYMENT_SECRET === '' || secret !== PAYMENT_SECRET)
      return reply.code(403).send({ message: 'The secret is wrong' })
    const { outcome } = await app.fastAuth.updateProfile(userId, { plan: 'pro' })
    return reply.code(outcome === 'updated' ? 204 : 404).send()
  },
)

process.stdout.write(`Listening on ${await app.listen({ port: Number(PORT) })}\n`)
