import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import Database from 'libsql'
import t from 'tap'
import ts from 'typescript'
import type { MemorySender } from '../../lib/mail/index.js'
import { messageTemplates } from '../../lib/mail/templates/index.js'
import { setEnvironment } from '../support/environment.js'
import { secret } from '../support/secret.js'
import { block, table } from './readme.js'

/** A folder inside the package, so that `fast-auth` in an import is this package. */
const cwd = mkdtempSync(resolve('dist', 'recipes-'))
t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
const ada = { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' }

t.test('a role in the profile opens a route after the next refresh, and no client can set it', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${cwd}/roles.mjs`, block('roles', 'docs/roles-and-permissions.md'))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${cwd}/roles.mjs`).href)
  t.teardown(() => app.close())
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url: `/auth${url}`, payload })
  t.equal((await post('/sign-up', { ...ada, profile: { role: 'admin' } })).statusCode, 400)
  const { user, accessToken, refreshToken } = (await post('/sign-up', ada)).json()
  const numbersWith = (token: string) => app.inject({ url: '/numbers', headers: { authorization: `Bearer ${token}` } })
  const refused = await numbersWith(accessToken)
  t.hasStrict([refused.statusCode, refused.json().code], [403, 'APP_ROLE_REQUIRED'])
  await app.fastAuth.updateProfile(user.id, { role: 'admin' })
  t.equal((await numbersWith(accessToken)).statusCode, 403, 'the old token says the old role')
  const refreshed = (await post('/refresh', { refreshToken })).json()
  t.same((await numbersWith(refreshed.accessToken)).json(), { users: 1 })
})

t.test('a support team signs a user out everywhere, with the scope for it', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${cwd}/sign-out.mjs`, block('sign users out', 'docs/revocation.md'))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${cwd}/sign-out.mjs`).href)
  t.teardown(() => app.close())
  const post = (url: string, token?: string, payload: object = {}) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  const support = (await post('/auth/sign-up', undefined, { ...ada, email: 'support@example.com' })).json()
  const keyOf = async (scopes: string[]) =>
    (await post('/auth/api-keys', support.accessToken, { name: 'support', scopes })).json().key
  const { user, accessToken, refreshToken } = (await post('/auth/sign-up', undefined, ada)).json()
  t.equal((await post(`/users/${user.id}/sign-out`)).statusCode, 401)
  t.equal((await post(`/users/${user.id}/sign-out`, await keyOf([]))).statusCode, 403)
  const ended = await post(`/users/${user.id}/sign-out`, await keyOf(['sessions:end']))
  t.same(ended.json(), { outcome: 'ended', endedSessions: 1 })
  const me = await app.inject({ url: '/auth/me', headers: { authorization: `Bearer ${accessToken}` } })
  t.equal(me.json().code, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await post('/auth/refresh', undefined, { refreshToken })).statusCode, 401)
})

t.test('rows in a table of the application belong to a user, and are deleted with the user', async t => {
  setEnvironment(t, { AUTH_SECRET: secret, DATABASE_FILE: `${cwd}/posts.db` })
  writeFileSync(`${cwd}/posts.mjs`, block('own tables', 'docs/your-own-tables.md'))
  const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${cwd}/posts.mjs`).href)
  t.teardown(() => app.close())
  const { user, accessToken } = (await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada })).json()
  const headers = { authorization: `Bearer ${accessToken}` }
  const text = { ...headers, 'content-type': 'text/plain' }
  t.same((await app.inject({ method: 'POST', url: '/posts', headers: text, payload: 'Hello' })).json(), { id: 1 })
  t.same((await app.inject({ url: '/posts', headers })).json(), [{ id: 1, text: 'Hello' }])
  t.same(await app.fastAuth.deleteUser(user.id), { outcome: 'deleted' })
  const database = new Database(`${cwd}/posts.db`)
  t.teardown(() => database.close())
  t.same(database.prepare('select id from posts').all(), [])
})

t.test('a NestJS application refuses unknown callers and knows who is signed in', async t => {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  }
  const { outputText } = ts.transpileModule(block('nestjs', 'docs/nestjs.md'), { compilerOptions })
  writeFileSync(`${cwd}/nest.mjs`, outputText)
  const child = spawn(process.execPath, ['nest.mjs'], { cwd, env: { ...process.env, AUTH_SECRET: secret, PORT: '0' } })
  t.teardown(() => child.kill())
  const url = await new Promise<string>((found, failed) => {
    child.stderr.on('data', text => failed(new Error(String(text))))
    child.stdout.on('data', text => found(String(text).trim()))
  })
  const refused = await fetch(`${url}/reports`)
  t.equal(refused.status, 401)
  t.match(refused.headers.get('www-authenticate'), /^Bearer/)
  const headers = { 'content-type': 'application/json' }
  const signUp = await fetch(`${url}/auth/sign-up`, { method: 'POST', headers, body: JSON.stringify(ada) })
  const { accessToken } = JSON.parse(await signUp.text())
  const reports = await fetch(`${url}/reports`, { headers: { authorization: `Bearer ${accessToken}` } })
  t.same(await reports.json(), { reportsOf: ada.email })
})

t.test('a message is in the language of the user that it is about', async t => {
  setEnvironment(t, { AUTH_SECRET: secret })
  writeFileSync(`${cwd}/messages.mjs`, block('localised messages', 'docs/messages.md'))
  const { app, mailbox }: { app: FastifyInstance; mailbox: MemorySender } = await import(
    pathToFileURL(`${cwd}/messages.mjs`).href
  )
  t.teardown(() => app.close())
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url: `/auth${url}`, payload })
  const locales: readonly (readonly [string, object, string])[] = [
    ['ada@example.com', { profile: { locale: 'de' } }, 'Neues Passwort setzen'],
    ['ben@example.com', {}, 'Set a new password'],
  ]
  for (const [email, profile, subject] of locales) {
    await post('/sign-up', { ...ada, email, ...profile })
    await post('/password/forgot', { email })
    let message = await mailbox.waitForMessage(email)
    while (!message.text.includes('/auth/password/reset#')) message = await mailbox.waitForMessage(email)
    t.equal(message.subject, subject)
  }
})

t.test('the documents list every kind of message', async t => {
  t.same(
    table('message kinds', 'docs/messages.md')
      .map(([kind = '']) => kind)
      .sort(),
    Object.keys(messageTemplates).sort(),
  )
})
