// Opens fast-auth on an SQLite file, with users who are members of organisations, and routes that need a role.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { sqliteStorage } from '../../dist/lib/engines/sqlite.js'
import { fastAuth } from '../../dist/lib/index.js'
import { memorySender } from '../../dist/lib/mail/index.js'
import { signInUser, signUpUser } from '../../dist/lib/testing/index.js'
import { hello } from './subject.js'

const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
const account = { email: 'person@example.com', password: 'correct horse battery' }

/**
 * The user owns two organisations or more. `credentials` returns a header line of a new session, which acts in the first one, and the
 * ids of the first two. The hasher is the fastest that production allows, since no sign-in is measured.
 * @param {{ organizations: number }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ organizations }) {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const app = Fastify()
  await app.register(fastAuth, {
    secrets: [secret],
    storage: sqliteStorage({ file: join(folder, 'auth.db') }),
    migrate: true,
    transport: 'token',
    limits: { enabled: false },
    passwords: { hasher: 'argon2id:m=7168,t=5,p=1' },
    maximumSessionsPerUser: 1000,
    publicUrl: 'https://app.example.com',
    email: { sender: memorySender(), from: 'accounts@example.com' },
    organizations: {},
  })
  app.get('/protected', { onRequest: app.fastAuth.authenticate }, hello)
  app.get('/admin', { onRequest: app.fastAuth.requireRole('admin') }, hello)
  app.get('/:organizationId/admin', { onRequest: app.fastAuth.requireRole('admin') }, hello)

  const owner = await signUpUser(app, account)
  /** @type {string[]} */
  const ids = []
  for (let index = 0; index < organizations; index += 1) {
    const payload = { name: `organisation ${index}` }
    ids.push((await owner.inject({ method: 'POST', url: '/auth/organizations', payload })).json().id)
  }
  const [first = '', second = ''] = ids

  async function session() {
    const { inject, refreshToken } = await signInUser(app, account)
    const payload = { organizationId: first, refreshToken }
    const answer = await inject({ method: 'POST', url: '/auth/organizations/current', payload })
    if (answer.statusCode !== 200) throw new Error(answer.body)
    return [`Authorization: Bearer ${answer.json().accessToken}`, first, second, answer.json().refreshToken]
  }

  return {
    app,
    async credentials(count) {
      /** @type {string[][]} */
      const sessions = []
      for (let index = 0; index < count; index += 1) sessions.push(await session())
      return sessions
    },
  }
}
