import { join } from 'node:path'
import Libsql from 'libsql'
import t, { type Test } from 'tap'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { bearer, signInForTokens, signUpForTokens } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { quickPasswords } from './fixtures/quick-passwords.js'

const unavailable = [503, 'FAST_AUTH_STORAGE_UNAVAILABLE'] as const

/** Ada, signed in on a file that `fill` lets grow no further, as if the disk were full, and `free` lets grow again. */
async function limitedFile(t: Test) {
  const file = join(t.testdir({}), 'auth.db')
  const database = new Libsql(file)
  t.teardown(() => database.close())
  database.exec('pragma journal_mode = wal')
  const { app } = await testApplication(t, {
    options: { storage: sqliteStorage({ database }), passwords: quickPasswords },
  })
  const { accessToken, refreshToken } = await signUpForTokens(app)
  const limit = (pages: number) => database.exec(`pragma max_page_count = ${pages}`)
  let users = 0
  const signUp = (email: string) =>
    app.inject({ method: 'POST', url: '/auth/sign-up', payload: { email, password: 'correct horse battery' } })

  return {
    app,
    file,
    accessToken,
    refreshToken,
    signUp,
    refresh: (token = refreshToken) =>
      app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: token } }),
    me: (token = accessToken) => app.inject({ url: '/auth/me', headers: bearer(token) }),
    /** Answers with who got in last, and the refusal of who came next. */
    async fill() {
      limit(1)
      for (;;) {
        const answer = await signUp(`person-${users}@example.com`)
        if (answer.statusCode !== 201) return { last: users - 1, answer }
        users += 1
      }
    },
    free: () => limit(1_000_000),
  }
}

t.test(
  'while the disk is full writes are 503 and reads continue, and writes succeed when there is space again',
  async t => {
    const { app, signUp, me, refresh, accessToken, fill, free } = await limitedFile(t)
    const { last, answer } = await fill()
    refused(t, answer, ...unavailable)
    t.equal((await me()).statusCode, 200)
    t.equal((await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })).statusCode, 200)
    if (last >= 0) t.equal((await signUp(`person-${last}@example.com`)).statusCode, 409, 'who was let in is there')
    // It overwrites existing pages, so it may have enough space.
    const early = await refresh()
    if (early.statusCode !== 200) refused(t, early, ...unavailable)

    free()
    t.equal((await signUp(`person-${last + 1}@example.com`)).statusCode, 201, 'who was not can come again')
    const refreshed = await refresh()
    t.equal(refreshed.statusCode, 200, 'no session was lost')
    t.equal((await refresh(refreshed.json().refreshToken)).statusCode, 200)
  },
)

t.test('a sign-out without disk space is a 503 and can be repeated; one that was answered holds', async t => {
  const { app, me, refresh, fill, free } = await limitedFile(t)
  const sessions = []
  for (let index = 0; index < 10; index += 1) sessions.push(await signInForTokens(app))
  await fill()
  const statuses: number[] = []
  for (const { accessToken, refreshToken } of sessions) {
    const signedOut = await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
    statuses.push(signedOut.statusCode)
    if (signedOut.statusCode === 204) t.equal((await me(accessToken)).statusCode, 401)
    else refused(t, signedOut, ...unavailable)
  }
  free()
  for (const [index, { refreshToken }] of sessions.entries()) {
    const isOut = statuses[index] === 204
    t.equal((await refresh(refreshToken)).statusCode, isOut ? 401 : 200)
    const again = await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
    t.equal(again.statusCode, 204)
  }
  t.comment(`${statuses.filter(status => status === 503).length} of ${statuses.length} sign-outs were to try again`)
})

t.test('a process that reads the file for long delays neither writes nor reads, and sees none of them', async t => {
  const { app, file, refresh, signUp, me } = await limitedFile(t)
  const reader = new Libsql(file, { readonly: true })
  t.teardown(() => reader.close())
  reader.exec('begin')
  const count = () => Object.values(Object(reader.prepare('select count(*) from fast_auth_users').get()))[0]
  t.equal(count(), 1)
  for (let index = 0; index < 20; index += 1) t.equal((await signUp(`person-${index}@example.com`)).statusCode, 201)
  t.equal((await refresh()).statusCode, 200)
  t.equal((await me()).statusCode, 200)
  const { accessToken, refreshToken } = await signInForTokens(app)
  await app.inject({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken } })
  t.equal((await me(accessToken)).statusCode, 401)
  t.equal(count(), 1, 'the reader is where it was')
  reader.exec('commit')
  t.equal(count(), 21)
})
