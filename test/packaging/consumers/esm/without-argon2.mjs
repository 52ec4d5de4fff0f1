import { randomBytes, randomUUID } from 'node:crypto'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const secrets = [randomBytes(32).toString('base64url')]
const passwordHash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

async function boot() {
  const app = Fastify()
  try {
    await app.register(fastAuth, { secrets, storage: memoryStorage(), passwords: { hasher: 'argon2id' } })
  } catch ({ code, message }) {
    return { code, message }
  } finally {
    await app.close()
  }
}

async function signIn() {
  const log = []
  const app = Fastify({ logger: { level: 'error', stream: { write: line => log.push(JSON.parse(line).err.message) } } })
  const storage = memoryStorage()
  const email = 'ada@example.com'
  const about = { emailConfirmedAt: null, username: null, profile: {}, createdAt: 0, lastSignInAt: null }
  const user = { id: randomUUID(), email, passwordHash, ...about }
  await storage.users.create({ user, session: null, token: null, messages: [], messagesIfTaken: [] })
  await app.register(fastAuth, { secrets, storage })
  const { statusCode } = await app.inject({
    method: 'POST',
    url: '/auth/sign-in',
    payload: { email, password: 'password' },
  })
  await app.close()
  return { statusCode, log }
}

process.stdout.write(JSON.stringify({ boot: await boot(), signIn: await signIn() }))
