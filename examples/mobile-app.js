// Simulates a mobile app with tokens in a store of the device. The client continues the session after a restart, and refreshes it
// automatically.
// Run it: npm run build && AUTH_SECRET=$(npx fast-auth secret) node examples/mobile-app.js (it ends by itself)
import { readFile, rm, writeFile } from 'node:fs/promises'
import { fastAuth } from 'fast-auth'
import { createAuthClient } from 'fast-auth/client'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

// Starts the server with a clock that this script can advance.
let elapsedMilliseconds = 0
const app = Fastify({ logger: { level: 'warn' } })
await app.register(fastAuth, {
  secrets: [process.env.AUTH_SECRET ?? ''],
  storage: memoryStorage(),
  clock: () => Date.now() + elapsedMilliseconds,
})
app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => ({ hello: request.user?.email }))
const url = await app.listen({ port: 0 })

// Simulates the store of the device with a file that only its owner can read. On a phone, use the Keychain or the Keystore, for
// example with expo-secure-store.
const file = process.env.TOKEN_FILE ?? 'tokens.json'
const tokenStore = {
  get: () => readFile(file, 'utf8').catch(() => null),
  set: (/** @type {string} */ text) => writeFile(file, text, { mode: 0o600 }),
  remove: () => rm(file, { force: true }),
}
const launch = () => createAuthClient({ baseUrl: `${url}/auth`, transport: 'token', tokenStore })
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`)

const first = launch()
const { data, error } = await first.signUp({ email: 'ada@example.com', password: 'correct horse battery' })
say(`signed up: ${error?.code ?? (data !== undefined && 'user' in data ? data.user.email : 'open the mailed link')}`)

const second = launch()
await second.getMe()
say(`launched again: ${second.session.status}`)

const before = await tokenStore.get()
elapsedMilliseconds += 3_600_000
const hello = await second.fetch('/hello')
say(`an hour later: ${hello.status}, with ${before === (await tokenStore.get()) ? 'the same' : 'new'} tokens`)

await second.signOut()
say(`signed out: ${(await tokenStore.get()) === null ? 'no tokens are stored' : 'tokens are still stored'}`)

await app.close()
