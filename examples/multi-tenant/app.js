// Keeps notes for organisations. Members have roles, one of them the application's own, and API keys act in one organisation.
// Run it: npm run build && node examples/multi-tenant/app.js. It prints the mailed invitations, and stores all in notes.db.
import { currentOrganization, fastAuth } from 'fast-auth'
import { consoleSender } from 'fast-auth/email'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import Fastify from 'fastify'
import { openNotes } from './notes.js'
import { requirePermission } from './permissions.js'

const { AUTH_SECRET = '', PORT = '3000', DATABASE_FILE = 'notes.db' } = process.env

const app = Fastify({ logger: { level: 'warn' } })
await app.register(fastAuth, {
  secrets: [AUTH_SECRET],
  storage: sqliteStorage({ file: DATABASE_FILE }),
  cookies: { secure: false },
  publicUrl: `http://localhost:${PORT}`,
  email: { sender: consoleSender(), from: 'Notes <notes@example.com>' },
  apiKeys: {},
  organizations: { roles: { billing: { like: 'member' } } },
})

const notes = openNotes(DATABASE_FILE)
app.addHook('onClose', async () => notes.close())

const { requireOrganization, requireRole, requireSession } = app.fastAuth
const note = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1, maxLength: 1000 } },
}
const noteId = { type: 'object', properties: { id: { type: 'integer' } } }

/** The routes of notes, for the organisation of the path or of the credential. @param {import('fastify').FastifyInstance} scope */
async function noteRoutes(scope) {
  scope.addHook('onRequest', requireOrganization())

  scope.get('/notes', async request => ({ notes: notes.list(currentOrganization(request).id) }))

  scope.post('/notes', { schema: { body: note } }, async (request, reply) => {
    const { text } = /** @type {{ text: string }} */ (request.body)
    const id = notes.add(currentOrganization(request).id, request.user?.id ?? '', text)
    return reply.code(201).send({ id, text })
  })

  const mayDelete = { onRequest: requirePermission('notes:delete'), schema: { params: noteId } }
  scope.delete('/notes/:id', mayDelete, async (request, reply) => {
    const { id } = /** @type {{ id: number }} */ (request.params)
    return reply.code(notes.remove(currentOrganization(request).id, id) ? 204 : 404).send()
  })

  const mayPay = { onRequest: [requireSession, requirePermission('invoices:pay')] }
  scope.post('/invoices/pay', mayPay, async request => ({ paid: notes.count(currentOrganization(request).id) }))
}

// For a page: the organisation in which the session acts, or that of the API key.
await app.register(noteRoutes)
// For links and for clients that act in several organisations: the path names it.
await app.register(noteRoutes, { prefix: '/organizations/:organizationId' })

// A guard can also ask for a role directly.
app.get('/organizations/:organizationId/usage', { onRequest: requireRole('admin') }, async request => ({
  notes: notes.count(currentOrganization(request).id),
}))

process.stdout.write(`Listening on ${await app.listen({ port: Number(PORT) })}\n`)
