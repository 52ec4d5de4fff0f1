// Measures the cost of a million invalid tokens. Sends invalid bearer tokens, API keys and refresh tokens in batches, and counts
// the storage calls. Some batches alternate with batches to a route that checks nothing.
// Run it: npm run build && node bench/junk.js [requests]
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import { memoryStorage } from '../dist/lib/engines/memory.js'
import { fastAuth } from '../dist/lib/index.js'

const [requests = '1000000'] = process.argv.slice(2)
const batch = 1_000
/** One round in five is compared with the route that checks nothing. */
const comparedEvery = 5

const storage = memoryStorage()
let calls = 0
/** The same storage, which counts the calls of every method except those of the revocation feed. */
const counting = new Proxy(storage, {
  get(target, name) {
    const group = Reflect.get(target, name)
    // The feed is read once a minute, independently of the requests.
    if (name === 'revocations') return group
    if (typeof group !== 'object' || group === null) return group
    return new Proxy(group, {
      get(methods, method) {
        calls += 1
        return Reflect.get(methods, method)
      },
    })
  },
})

const app = Fastify()
await app.register(fastAuth, {
  secrets: [randomBytes(32).toString('base64url')],
  storage: counting,
  passwords: { hasher: 'bcrypt:10' },
  revocationFeed: { everySeconds: 60, maximumStalenessSeconds: 600 },
  purge: { everySeconds: 0 },
  limits: { enabled: false },
})
app.get('/bare', async () => 'bare')
app.post('/bare', async () => 'bare')
app.get('/guarded', { onRequest: app.fastAuth.authenticate }, async () => 'in')
await app.ready()

const signUp = await app.inject({
  method: 'POST',
  url: '/auth/sign-up',
  payload: { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' },
})
const { accessToken, refreshToken } = signUp.json()
const [header = '', claims = ''] = accessToken.split('.')

/** @param {string} token */
const bearer = token => ({ url: '/guarded', headers: { authorization: `Bearer ${token}` } })
/** @param {string} token */
const refresh = token =>
  /** @type {const} */ ({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: token } })
/** @param {object} part */
const encoded = part => Buffer.from(JSON.stringify(part)).toString('base64url')
/** @param {string} input */
const signed = input => `${input}.${createHmac('sha256', randomBytes(32)).update(input).digest('base64url')}`

/** Functions that return a different invalid token on each call. @type {Record<string, () => import('fastify').InjectOptions>} */
const junk = {
  'random bearer token': () => bearer(randomBytes(32).toString('base64url')),
  'JWT with a wrong signature': () => bearer(signed(`${header}.${claims}`)),
  'JWT of an unknown key': () =>
    bearer(signed(`${encoded({ alg: 'HS256', typ: 'at+jwt', kid: randomBytes(6).toString('base64url') })}.${claims}`)),
  'mistyped API key': () => bearer(`sk-${randomBytes(43).toString('hex').slice(0, 49)}`),
  'refresh token with a wrong MAC': () =>
    refresh(refreshToken.slice(0, 36) + randomBytes(33).toString('base64url').slice(1)),
  'random refresh token': () => refresh(randomUUID()),
}

/** Sends a batch, and returns its duration in milliseconds. @param {() => import('fastify').InjectOptions} next */
async function timed(next) {
  const texts = Array.from({ length: batch }, next)
  const startedAt = performance.now()
  for (const request of texts) {
    const { statusCode } = await app.inject(request)
    if (statusCode !== 401 && statusCode !== 200) throw new Error(`The server returned ${statusCode}`)
  }
  return performance.now() - startedAt
}

const bare = {
  GET: () => ({ url: '/bare' }),
  POST: () => /** @type {const} */ ({ method: 'POST', url: '/bare', payload: { refreshToken: randomUUID() } }),
}
const kinds = Object.entries(junk).map(([name, next]) => ({ name, next, milliseconds: 0, bareMilliseconds: 0 }))
const rounds = Math.max(1, Math.ceil(Number(requests) / batch / kinds.length))
for (const { next } of kinds) await timed(next)
calls = 0
for (let round = 0; round < rounds; round += 1) {
  for (const kind of kinds) {
    const milliseconds = await timed(kind.next)
    if (round % comparedEvery !== 0) continue
    kind.milliseconds += milliseconds
    kind.bareMilliseconds += await timed(kind.next().method === 'POST' ? bare.POST : bare.GET)
  }
}
const compared = Math.ceil(rounds / comparedEvery) * batch
const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)
print(`Node.js ${process.version}, ${(rounds * batch * kinds.length).toLocaleString('en')} requests in one process`)
for (const { name, milliseconds, bareMilliseconds } of kinds) {
  const [perSecond, barePerSecond] = [milliseconds, bareMilliseconds].map(time => Math.round((compared / time) * 1000))
  print(
    `${name}: ${perSecond}/s, ${barePerSecond}/s without a check, ratio ${(bareMilliseconds / milliseconds).toFixed(2)}`,
  )
}
print(`Storage calls: ${calls}`)
await app.close()
