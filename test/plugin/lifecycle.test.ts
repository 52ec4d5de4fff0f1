import Fastify from 'fastify'
import t, { type Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { secret } from '../support/secret.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'

/** A storage that notes when it is migrated and closed. */
function notingStorage(notes: string[], migrate = async () => {}): Storage {
  const storage = memoryStorage()
  return {
    ...storage,
    async migrate() {
      notes.push('migrate')
      await migrate()
    },
    async close() {
      notes.push('close')
      await storage.close()
    },
  }
}

function register(t: Test, options: Partial<FastAuthOptions>) {
  const app = Fastify()
  t.teardown(() => app.close())
  const registered = app.register(fastAuth, { secrets: [secret], storage: memoryStorage(), ...options })
  return { app, registered }
}

t.test('secrets and a storage are all that it takes', async t => {
  const { app, registered } = register(t, {})
  await registered
  const before = Date.now()
  const { session } = (await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })).json()
  const createdAt = Date.parse(session.createdAt)
  t.ok(createdAt >= before && createdAt <= Date.now())
  t.equal(Date.parse(session.expiresAt) - createdAt, 14 * 86_400_000)
})

t.test('the storage is migrated before the first request, and closed once, with the app', async t => {
  const notes: string[] = []
  const { app, registered } = register(t, { storage: notingStorage(notes) })
  await registered
  t.strictSame(notes, ['migrate'])
  await app.close()
  await app.close()
  t.strictSame(notes, ['migrate', 'close'])
})

t.test('with migrate: false the storage is not migrated', async t => {
  const notes: string[] = []
  const { registered } = register(t, { storage: notingStorage(notes), migrate: false })
  await registered
  t.strictSame(notes, [])
})

t.test('a storage that cannot be migrated stops the boot, and is closed with the app', async t => {
  const notes: string[] = []
  const storage = notingStorage(notes, () => Promise.reject(new Error('permission denied for schema public')))
  const { app, registered } = register(t, { storage })
  await t.rejects(async () => registered, { message: 'permission denied for schema public' })
  await app.close()
  t.strictSame(notes, ['migrate', 'close'])
})

t.test('a bad option stops the boot before the storage is touched', async t => {
  const notes: string[] = []
  const { registered } = register(t, { storage: notingStorage(notes), refreshGraceSeconds: -1 })
  await t.rejects(async () => registered, { code: 'FAST_AUTH_OPTION_INVALID' })
  t.strictSame(notes, [])
})

t.test('insecure cookies stop the boot in production, and only there', async t => {
  setEnvironment(t, { NODE_ENV: 'production' })
  await t.rejects(async () => register(t, { cookies: { secure: false } }).registered, {
    code: 'FAST_AUTH_COOKIES_INSECURE',
  })
  setEnvironment(t, { NODE_ENV: 'development' })
  await t.resolves(async () => register(t, { cookies: { secure: false } }).registered)
})

t.test("the caller's options are read, not changed", async t => {
  const options = Object.freeze({
    secrets: Object.freeze([secret]),
    storage: Object.freeze(memoryStorage()),
    cookies: Object.freeze({}),
    passwords: Object.freeze({ ...cheapPasswords }),
  })
  const { app, registered } = register(t, options)
  await registered
  t.equal((await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })).statusCode, 201)
})

t.test('a sign-in that is under way when the app closes is answered before the storage is closed', async t => {
  const { app } = await testApplication(t, { options: { passwords: { hasher: 'bcrypt:12' } } })
  await signUpForTokens(app)
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  let started = () => {}
  const underWay = new Promise<void>(resolve => {
    started = resolve
  })
  app.server.once('request', () => started())
  const signIn = fetch(`${base}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ ...ada, transport: 'token' }),
  })
  await underWay
  await app.close()
  const answer = await signIn
  t.equal(answer.status, 200)
  t.match(await answer.json(), { accessToken: String })
})

t.test('a process that starts again knows the sessions of the one before', async t => {
  const storage = { ...memoryStorage(), close: async () => {} }
  const one = await testApplication(t, { options: { storage } })
  const { accessToken, refreshToken } = await signUpForTokens(one.app)
  await one.app.close()
  const two = await testApplication(t, { options: { storage } })
  t.equal((await two.app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 200)
  const payload = { refreshToken }
  t.equal((await two.app.inject({ method: 'POST', url: '/auth/refresh', payload })).statusCode, 200)
})
