import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { apiKeyKeys } from '../../lib/features/api-keys/storage/redis-keys.js'
import { eventKeys } from '../../lib/features/audit-log/storage/redis-keys.js'
import { signInCodeKeys } from '../../lib/features/email-codes/storage/redis-keys.js'
import { organizationKeys } from '../../lib/features/organizations/storage/redis-keys.js'
import { passkeyKeys } from '../../lib/features/passkeys/storage/redis-keys.js'
import { providerKeys } from '../../lib/features/providers/storage/redis-keys.js'
import { secondFactorKeys } from '../../lib/features/second-factor/storage/redis-keys.js'
import { keysUnder } from '../../lib/storage/redis/keys.js'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { ada } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { secret } from '../support/secret.js'
import { block } from './readme.js'

const skip = withoutRedisServer()

for (const driver of ['redis', 'ioredis']) {
  t.test(`the documented application signs up by way of ${driver}, and closes its connection`, { skip }, async t => {
    const folder = mkdtempSync(resolve('dist', 'docs-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const { url } = await privateRedis(t, ['--appendonly', 'yes'])
    setEnvironment(t, { AUTH_SECRET: secret, REDIS_URL: url })
    writeFileSync(`${folder}/code.mjs`, block(driver, 'docs/redis.md'))
    const { app }: { app: FastifyInstance } = await import(pathToFileURL(`${folder}/code.mjs`).href)
    const payload = { ...ada, transport: 'token' }
    const { statusCode } = await app.inject({ method: 'POST', url: '/auth/sign-up', payload })
    t.equal(statusCode, 201)
    await t.resolves(app.close())
  })
}

t.test('the document has every key', async t => {
  const cells = Array.from(readFileSync('docs/redis.md', 'utf8').matchAll(/^\| (`[^|]+)\|/gm), ([, cell]) => cell)
  const named = cells.flatMap(cell => Array.from(String(cell).matchAll(/`([\w-]+)/g), ([, name]) => name))
  const { root, ...core } = keysUnder('x')
  const optional = { ...apiKeyKeys({ root }), ...eventKeys({ root }), ...secondFactorKeys({ root }) }
  const waysIn = { ...passkeyKeys({ root }), ...signInCodeKeys({ root }), ...providerKeys({ root }) }
  const all = { ...core, ...optional, ...waysIn, ...organizationKeys({ root }) }
  const keys = Object.values(all).map(key => (typeof key === 'string' ? key : key('', 'confirmEmail')))
  t.same(named.sort(), keys.map(key => key.split(':')[1]).sort())
})
