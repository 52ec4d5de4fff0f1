import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { fastHasher } from '../../lib/testing/index.js'
import { testSecret } from '../support/secret.js'

type Options = Partial<Parameters<typeof fastAuth>[1]>

const password = 'correct horse battery'

/** An owner and an admin of an organisation. The session of the admin acts in it. */
async function organizationOf(t: Test, options: Options) {
  const storage = memoryStorage()
  const sender = memorySender()
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(fastAuth, {
    secrets: [testSecret],
    storage,
    publicUrl: 'https://app.example.com',
    email: { sender, from: 'accounts@example.com' },
    passwords: { hasher: fastHasher },
    transport: 'token',
    organizations: {},
    ...options,
  })
  app.get('/role', { onRequest: app.fastAuth.requireOrganization() }, async ({ user }) => user)
  const post = async (path: string, payload: object, token = '') => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` }
    return app.inject({ method: 'POST', url: `/auth${path}`, payload, headers })
  }
  const owner = (await post('/sign-up', { email: 'ada@example.com', password })).json()
  const { id } = (await post('/organizations', { name: 'Engines' }, owner.accessToken)).json()
  await post(`/organizations/${id}/invitations`, { email: 'grace@example.com', role: 'admin' }, owner.accessToken)
  await app.close
  const invitationToken = await mailedToken(sender)
  const admin = (await post('/sign-up', { email: 'grace@example.com', password, invitationToken })).json()
  const role = (token: string) => app.inject({ url: '/role', headers: { authorization: `Bearer ${token}` } })
  const demote = () =>
    app.inject({
      method: 'PATCH',
      url: `/auth/organizations/${id}/members/${admin.user.id}`,
      headers: { authorization: `Bearer ${owner.accessToken}` },
      payload: { role: 'member' },
    })
  return { id, admin, role, demote, post, storage }
}
