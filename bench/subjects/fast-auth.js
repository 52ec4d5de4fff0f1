// Opens fast-auth on an SQLite file with its defaults, except that limits are off. It reads the revocation feed every second.
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { sqliteStorage } from '../../dist/lib/engines/sqlite.js'
import { fastAuth } from '../../dist/lib/index.js'
import { hello } from './subject.js'

const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
const account = { email: 'person@example.com', password: 'correct horse battery' }

/** Signs a token with the same claims for another session of another user. @param {string} accessToken */
function anotherToken(accessToken) {
  const [header = '', claims = ''] = accessToken.split('.')
  const own = { sub: randomUUID(), sid: randomUUID(), jti: randomUUID() }
  const others = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), ...own }
  const input = `${header}.${Buffer.from(JSON.stringify(others)).toString('base64url')}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/**
 * @param {{ credential: 'cookie' | 'bearer' | 'apiKey', revocation?: 'feed' | 'strict' }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ credential, revocation = 'feed' }) {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const app = Fastify()
  const storage = sqliteStorage({ file: join(folder, 'auth.db') })
  const passwords = /** @type {const} */ ({ hasher: 'bcrypt:10' })
  const limits = { enabled: false }
  const transport = 'token'
  const maximumSessionsPerUser = 1000
  await app.register(fastAuth, {
    secrets: [secret],
    storage,
    migrate: true,
    transport,
    revocation,
    passwords,
    limits,
    maximumSessionsPerUser,
  })
  app.get('/protected', { onRequest: app.fastAuth.authenticate }, hello)

  /** @param {string} url @param {object} payload @param {Record<string, string>} [headers] */
  async function post(url, payload, headers = {}) {
    const answer = await app.inject({ method: 'POST', url, payload, headers })
    if (answer.statusCode >= 400) throw new Error(answer.body)
    return answer.json()
  }

  const { accessToken } = await post('/auth/sign-up', account)
  const authorization = `Bearer ${accessToken}`

  async function token() {
    if (credential !== 'apiKey') return anotherToken(accessToken)
    const { key } = await post('/auth/api-keys', { name: randomUUID() }, { authorization })
    return key
  }

  async function headers() {
    return [
      credential === 'cookie'
        ? `Cookie: __Host-access_token=${await token()}`
        : `Authorization: Bearer ${await token()}`,
    ]
  }

  return { app, credentials: count => Promise.all(Array.from({ length: count }, headers)) }
}
