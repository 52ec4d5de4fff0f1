// Opens an application with sign-ins and a protected route: fast-auth, better-auth, or a route by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKey } from '@better-auth/api-key'
import bcrypt from 'bcrypt'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { fromNodeHeaders } from 'better-auth/node'
import Fastify from 'fastify'
import { sqliteStorage } from '../../dist/lib/engines/sqlite.js'
import { fastAuth } from '../../dist/lib/index.js'
import { hello } from './subject.js'

const account = { name: 'Person', email: 'person@example.com', password: 'correct horse battery' }
const { name, ...withoutName } = account
const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'

/** @param {() => Promise<unknown>} hash @returns {(seconds: number) => Promise<number>} Hashes sequentially. */
function hashesPerSecond(hash) {
  return async seconds => {
    const startedAt = performance.now()
    let count = 0
    for (; performance.now() - startedAt < seconds * 1000; count += 1) await hash()
    return count / ((performance.now() - startedAt) / 1000)
  }
}

const bcryptHash = bcrypt.hashSync(account.password, 12)
const byBcrypt = hashesPerSecond(() => bcrypt.compare(account.password, bcryptHash))

/** Opens a route by hand, with a look-up and `bcrypt.compare`. The protected route checks nothing. */
async function openByHand() {
  const app = Fastify()
  const hashes = new Map([[account.email, bcryptHash]])
  app.post('/auth/sign-in', async (request, reply) => {
    const { email, password } = /** @type {typeof account} */ (request.body)
    if (!(await bcrypt.compare(password, hashes.get(email) ?? ''))) return reply.code(401).send()
    return { signedIn: true }
  })
  app.get('/protected', hello)
  return { app, perSecond: byBcrypt, cookie: [], key: [] }
}

async function openFastAuth() {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  const app = Fastify()
  const storage = sqliteStorage({ file: join(folder, 'auth.db') })
  const limits = { enabled: false }
  await app.register(fastAuth, { secrets: [secret], storage, migrate: true, transport: 'token', limits })
  app.get('/protected', { onRequest: app.fastAuth.authenticate }, hello)
  const signedUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: withoutName })
  const { accessToken } = signedUp.json()
  const headers = { authorization: `Bearer ${accessToken}` }
  const made = await app.inject({ method: 'POST', url: '/auth/api-keys', payload: { name: 'bench' }, headers })
  const [cookie, key] = [`Cookie: __Host-access_token=${accessToken}`, `Authorization: Bearer ${made.json().key}`]
  return { app, perSecond: byBcrypt, cookie: [cookie], key: [key] }
}

async function openBetterAuth() {
  const auth = betterAuth({
    baseURL: 'http://localhost',
    secret,
    database: memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] }),
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: true, maxAge: 3600 } },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  })
  const signedUp = await auth.api.signUpEmail({ body: account, returnHeaders: true })
  const { key } = await auth.api.createApiKey({ body: { userId: signedUp.response.user.id, name: 'bench' } })
  const cookies = signedUp.headers.getSetCookie().map(line => line.split(';')[0])
  const app = Fastify()
  app.post('/auth/sign-in', async (request, reply) => {
    const { email, password } = /** @type {typeof account} */ (request.body)
    const headers = fromNodeHeaders(request.headers)
    const { response } = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
    return reply.send(response)
  })
  const refuse = () => Object.assign(new Error('Not signed in'), { statusCode: 401 })
  app.addHook('onRequest', async ({ url, headers }) => {
    if (url !== '/protected') return
    const given = headers['x-api-key']
    const isKnown =
      given === undefined
        ? (await auth.api.getSession({ headers: fromNodeHeaders(headers) })) !== null
        : (await auth.api.verifyApiKey({ body: { key: String(given) } })).valid
    if (!isKnown) throw refuse()
  })
  app.get('/protected', hello)
  const hash = await hashPassword(account.password)
  const perSecond = hashesPerSecond(() => verifyPassword({ hash, password: account.password }))
  return { app, perSecond, cookie: [`Cookie: ${cookies.join('; ')}`], key: [`X-API-Key: ${key}`] }
}

const opening = { 'by hand': openByHand, 'fast-auth': openFastAuth, 'better-auth': openBetterAuth }

/**
 * @param {{ library: keyof typeof opening, credential?: 'cookie' | 'key' }} options
 * @returns {Promise<import('./subject.js').Subject>}
 */
export async function open({ library, credential = 'cookie' }) {
  const opened = await opening[library]()
  return { ...opened, credentials: count => Array.from({ length: count }, () => opened[credential]) }
}
