// Runs one server for two kinds of client: a browser that keeps cookies, and a mobile app that keeps tokens.
// Run it: npm run build && node examples/both-transports.js (it ends by itself)
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

const app = Fastify({ logger: { level: 'warn' } })
await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  cookies: { secure: false },
})
const url = await app.listen({ port: 0 })
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`)
/** @returns {Promise<import('fast-auth/schemas').AuthResponse>} */
const answerOf = async (/** @type {Response} */ response) => JSON.parse(await response.text())
const json = { 'content-type': 'application/json' }
const account = { email: 'ada@example.com', password: 'correct horse battery' }

// The browser has its tokens in HttpOnly cookies, which scripts cannot read.
const signUp = await fetch(`${url}/auth/sign-up`, { method: 'POST', headers: json, body: JSON.stringify(account) })
const cookie = signUp.headers
  .getSetCookie()
  .map(line => line.split(';')[0])
  .join('; ')
const me = await fetch(`${url}/auth/me`, { headers: { cookie } })
say(`browser: signed up (${signUp.status}), read the account (${me.status})`)
const refreshed = await fetch(`${url}/auth/refresh`, { method: 'POST', headers: { cookie } })
say(`browser: refreshed (${refreshed.status}), new cookies: ${refreshed.headers.getSetCookie().length}`)

// The mobile app requests tokens when it signs in, and keeps them in the key store of the device.
const signIn = await fetch(`${url}/auth/sign-in`, {
  method: 'POST',
  headers: json,
  body: JSON.stringify({ ...account, transport: 'token' }),
})
const { accessToken, refreshToken } = await answerOf(signIn)
const mine = await fetch(`${url}/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } })
say(`mobile: signed in (${signIn.status}), read the account (${mine.status})`)
const next = await fetch(`${url}/auth/refresh`, {
  method: 'POST',
  headers: json,
  body: JSON.stringify({ refreshToken }),
})
const successor = await answerOf(next)
say(`mobile: refreshed (${next.status}), a new refresh token: ${successor.refreshToken !== refreshToken}`)

// Both sessions belong to one account, and each can end the other.
const bearer = { authorization: `Bearer ${successor.accessToken}` }
const others = await fetch(`${url}/auth/sessions`, { method: 'DELETE', headers: bearer })
const after = await fetch(`${url}/auth/me`, { headers: { cookie } })
say(`mobile: ended the other session (${others.status}); browser: read the account (${after.status})`)

await app.close()
