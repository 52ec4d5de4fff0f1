import t from 'tap'
import { serveHere } from './fixtures/running-server.js'

const app = 'https://app.example.com'
const memory = { DATABASE_URL: 'memory:', JWT_SECRET_KEY: 'k3JvQ8sL0wZxT5nRb7YdGfHcMpA2uE9iO1' }

function preflight(url: string, origin: string): Promise<Response> {
  const headers = { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'content-type' }
  return fetch(`${url}/auth/me`, { method: 'OPTIONS', headers })
}

function corsHeadersOf({ headers }: Response): string[] {
  return [...headers.keys()].filter(name => name.startsWith('access-control-'))
}

t.test('serve answers preflights of the origins in TRUSTED_ORIGINS with credentials, and of no other', async t => {
  const environment = { ...memory, TRUSTED_ORIGINS: `${app},capacitor://localhost` }
  const { url } = await serveHere(t, t.testdir(), environment)
  for (const origin of [app, 'capacitor://localhost']) {
    const answer = await preflight(url, origin)
    t.equal(answer.status, 204)
    t.equal(answer.headers.get('access-control-allow-origin'), origin)
    t.equal(answer.headers.get('access-control-allow-credentials'), 'true')
    t.match(answer.headers.get('access-control-allow-methods'), /\bPATCH\b/)
    t.equal(answer.headers.get('access-control-allow-headers'), 'content-type')
  }
  for (const origin of ['https://evil.example', `${app}.evil.example`, 'http://app.example.com', 'null', '*']) {
    const answer = await preflight(url, origin)
    t.equal(answer.status, 404, origin)
    t.same(corsHeadersOf(answer), [])
    t.match(answer.headers.get('vary'), /origin/i, 'no cache mixes the answers')
  }
})

t.test('pages of a trusted origin can read answers and refusals, and pages of another cannot', async t => {
  const { url } = await serveHere(t, t.testdir(), { ...memory, TRUSTED_ORIGINS: app })
  const read = await fetch(`${url}/auth/me`, { headers: { origin: app } })
  t.equal(read.status, 401)
  t.equal(read.headers.get('access-control-allow-origin'), app)
  t.equal(read.headers.get('access-control-expose-headers'), 'Retry-After, WWW-Authenticate')
  t.same(corsHeadersOf(await fetch(`${url}/auth/me`, { headers: { origin: 'https://evil.example' } })), [])
  t.same(corsHeadersOf(await fetch(`${url}/auth/me`)), [])
})

t.test('without TRUSTED_ORIGINS serve sends no CORS header', async t => {
  const { url } = await serveHere(t, t.testdir(), memory)
  const answer = await preflight(url, app)
  t.equal(answer.status, 404)
  t.same(corsHeadersOf(answer), [])
})
