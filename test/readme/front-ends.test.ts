import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import cors from '@fastify/cors'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { ada, cookieHeader } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { secret } from '../support/secret.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'
import { block } from './readme.js'

/** The exports of a module with this code. */
async function moduleOf(t: Test, code: string) {
  const folder = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(`${folder}/code.mjs`, code)
  return import(pathToFileURL(`${folder}/code.mjs`).href)
}

t.test('with the documented settings pages of the other origin sign up and read the answer, and no others', async t => {
  const code = block('another origin', 'docs/front-ends.md').replace('storage,', 'storage, passwords,')
  const { setUp } = await moduleOf(
    t,
    `export async function setUp({ app, cors, fastAuth, secrets, storage, passwords }) {\n${code}\n}`,
  )
  const app = Fastify()
  t.teardown(() => app.close())
  await setUp({ app, cors, fastAuth, secrets: [secret], storage: memoryStorage(), passwords: cheapPasswords })
  const from = (origin: string) => ({ origin, 'sec-fetch-site': 'same-site' })
  const post = (url: string, headers: object, payload?: object) =>
    app.inject({ method: 'POST', url, headers: { ...headers }, ...(payload === undefined ? {} : { payload }) })

  const signUp = await post('/auth/sign-up', from('https://app.example.com'), ada)
  t.equal(signUp.statusCode, 201)
  t.hasStrict(signUp.headers, {
    'access-control-allow-origin': 'https://app.example.com',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Retry-After',
  })
  const cookie = cookieHeader(signUp)
  t.equal((await post('/auth/refresh', { ...from('https://app.example.com'), cookie })).statusCode, 200)
  const other = await post('/auth/refresh', { ...from('https://evil.example.com'), cookie })
  refused(t, other, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.not(other.headers['access-control-allow-origin'], 'https://evil.example.com')
})

t.test('with the documented settings pages of native shells sign up for tokens, and read the answer', async t => {
  const code = block('native shells', 'docs/front-ends.md').replace('storage,', 'storage, passwords,')
  const { setUp } = await moduleOf(
    t,
    `export async function setUp({ app, cors, fastAuth, secrets, storage, passwords }) {\n${code}\n}`,
  )
  const app = Fastify()
  t.teardown(() => app.close())
  await setUp({ app, cors, fastAuth, secrets: [secret], storage: memoryStorage(), passwords: cheapPasswords })
  for (const [index, origin] of ['capacitor://localhost', 'http://tauri.localhost'].entries()) {
    const headers = { origin, 'sec-fetch-site': 'cross-site' }
    const payload = { ...ada, email: `ada${index}@example.com` }
    const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', headers, payload })
    t.hasStrict(signUp.json(), { user: { email: payload.email }, tokenType: 'Bearer' })
    t.equal(signUp.headers['access-control-allow-origin'], origin)
    t.equal(signUp.headers['access-control-allow-credentials'], undefined)
    t.equal(signUp.headers['set-cookie'], undefined)
  }
})

t.test('a server that renders pages knows the visitor by the documented code', async t => {
  const { app } = await testApplication(t, { options: { clock: Date.now } })
  const signUp = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })
  const url = await app.listen({ port: 0 })
  const code = block('rendered', 'docs/front-ends.md').replace('https://app.example.com', url)
  const { visitorOf } = await moduleOf(t, code)
  const headers = { cookie: cookieHeader(signUp) }
  t.hasStrict(await visitorOf(new Request('https://app.example.com/', { headers })), { email: ada.email })
  t.equal(await visitorOf(new Request('https://app.example.com/')), null)
})
