// Opens fast-auth on a database. Its credentials are refresh tokens: each is valid once, in the order of their creation.
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import { fastAuth } from '../../dist/lib/index.js'
import { createKeyring } from '../../dist/lib/tokens/keyring.js'
import { createRefreshTokens } from '../../dist/lib/tokens/refresh-token.js'
import { openDatabase } from '../refresh-databases.js'

const secret = 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'
const sessionCount = 1_000
const hour = 3_600_000
const passwordHash = /** @type {never} */ ('$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy')

/** Creates a user with many sessions, and returns the ids of the sessions. @param {import('../refresh-databases.js').Database} database */
async function fill({ storage, run }) {
  const now = Date.now()
  const none = { emailConfirmedAt: null, username: null, profile: {}, lastSignInAt: null, disabledAt: null }
  const user = { id: randomUUID(), email: 'person@example.com', passwordHash, createdAt: now, ...none }
  await storage.users.create({ user, session: null, token: null, messages: [], messagesIfTaken: [] })
  const ids = Array.from({ length: 2 * sessionCount }, () => randomUUID())
  const rows = ids.map(id => `('${id}', '${user.id}', 0, ${now}, ${now}, ${now + hour}, ${now + hour})`)
  await run(`insert into fast_auth_sessions
    (id, user_id, generation, created_at, rotated_at, expires_at, absolute_expires_at) values ${rows.join(', ')}`)
  return ids
}

/** @param {{ kind: 'sqlite' | 'postgres' }} options @returns {Promise<import('./subject.js').Subject>} */
export async function open({ kind }) {
  const database = await openDatabase(kind)
  const { storage, update } = database
  const app = Fastify()
  const passwords = /** @type {const} */ ({ hasher: 'bcrypt:10' })
  const limits = { enabled: false }
  await app.register(fastAuth, {
    secrets: [secret],
    storage,
    migrate: true,
    passwords,
    limits,
    purge: { everySeconds: 0 },
  })
  const ids = await fill(database)
  const [refreshed, updated] = [ids.slice(0, sessionCount), ids.slice(sessionCount)]
  const { issue } = createRefreshTokens(createKeyring([secret]))
  let made = 0
  let updates = 0

  function header() {
    const token = issue({
      sessionId: refreshed[made % sessionCount] ?? '',
      generation: Math.floor(made / sessionCount),
    })
    made += 1
    // A refresh needs the access cookie. The cookie is invalid here: the check of a valid one takes 8 µs longer.
    return [`Cookie: __Host-access_token=none; __Secure-refresh_token=${token}`]
  }

  return {
    app,
    credentials: count => Array.from({ length: count }, header),
    async perSecond(seconds) {
      const [before, startedAt] = [updates, performance.now()]
      const lanes = Array.from({ length: 16 }, async () => {
        while (performance.now() - startedAt < seconds * 1000) {
          updates += 1
          await update(updated[updates % sessionCount] ?? '', Math.ceil(updates / sessionCount))
        }
      })
      await Promise.all(lanes)
      return (updates - before) / ((performance.now() - startedAt) / 1000)
    },
  }
}
