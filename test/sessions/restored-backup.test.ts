import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, type SignedInWithPair, signUpForTokens } from '../support/account.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const newSecret = secret.split('').reverse().join('')

async function appOn(t: Test, file: string, options: Partial<FastAuthOptions> = {}): Promise<FastifyInstance> {
  const { app } = await testApplication(t, { options: { ...options, storage: sqliteStorage({ file }) } })
  return app
}

/** A database restored from a backup, and a user who signed out after the backup was taken. */
async function restored(t: Test): Promise<{ readonly file: string; readonly ada: SignedInWithPair }> {
  const folder = t.testdir({})
  const live = join(folder, 'live.db')
  const file = join(folder, 'restored.db')
  const before = await appOn(t, live)
  const ada = await signUpForTokens(before)
  await before.close()
  copyFileSync(live, file)
  const after = await appOn(t, live)
  await after.inject({ method: 'POST', url: '/auth/sign-out', headers: bearer(ada.accessToken) })
  t.equal((await use(after, ada)).statusCode, 401)
  t.equal((await refresh(after, ada)).statusCode, 401)
  await after.close()
  return { file, ada }
}

const use = (app: FastifyInstance, { accessToken }: SignedInWithPair) =>
  app.inject({ url: '/auth/me', headers: bearer(accessToken) })
const refresh = (app: FastifyInstance, { refreshToken }: SignedInWithPair) =>
  app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })

t.test('a session that was ended after the backup is alive when it is put back, until an operator ends it', async t => {
  const { file, ada } = await restored(t)
  const app = await appOn(t, file)
  t.equal((await use(app, ada)).statusCode, 200)
  t.same(await app.fastAuth.endSessions(ada.user.id), { outcome: 'ended', endedSessions: 1 })
  t.equal((await use(app, ada)).statusCode, 401)
  t.equal((await refresh(app, ada)).statusCode, 401)
})

t.test('with a new secret alone no session of the backup goes on', async t => {
  const { file, ada } = await restored(t)
  const app = await appOn(t, file, { secrets: [newSecret] })
  t.equal((await use(app, ada)).statusCode, 401)
  t.equal((await refresh(app, ada)).statusCode, 401)
})
