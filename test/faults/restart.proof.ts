import { join } from 'node:path'
import t from 'tap'
import { get, refresh, signIn, signOut, signUp } from './fixtures/auth-client.js'
import { startServer } from './fixtures/server-process.js'

const withoutGrace = { refreshGraceSeconds: 0 }

for (const revocation of ['feed', 'strict'] as const) {
  t.test(
    `a session whose refresh token was copied stays ended after kill -9 and a restart, with revocation: '${revocation}'`,
    async t => {
      const file = join(t.testdir({}), 'auth.db')
      const options = { ...withoutGrace, revocation }
      const before = await startServer(t, `sqlite:${file}`, options)
      const copied = await signUp(before.url)
      const rotated = await refresh(before.url, copied.tokens.refreshToken)
      t.equal((await refresh(before.url, copied.tokens.refreshToken)).code, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
      await before.kill()

      const { url } = await startServer(t, `sqlite:${file}`, options)
      for (const { tokens } of [rotated, copied]) {
        t.hasStrict(await refresh(url, tokens.refreshToken), { status: 401, code: 'FAST_AUTH_REFRESH_TOKEN_INVALID' })
        t.hasStrict(await get(url, '/hello', tokens.accessToken), { status: 401, code: 'FAST_AUTH_SESSION_REVOKED' })
      }
      t.equal((await signIn(url)).status, 200, 'the person signs in again')
    },
  )

  t.test(
    `a session that was signed out stays ended after kill -9 and a restart, with revocation: '${revocation}'`,
    async t => {
      const file = join(t.testdir({}), 'auth.db')
      const options = { revocation }
      const before = await startServer(t, `sqlite:${file}`, options)
      const { tokens } = await signUp(before.url)
      t.equal((await signOut(before.url, tokens.refreshToken)).status, 204)
      await before.kill()

      const { url } = await startServer(t, `sqlite:${file}`, options)
      t.hasStrict(await refresh(url, tokens.refreshToken), { status: 401, code: 'FAST_AUTH_REFRESH_TOKEN_INVALID' })
      t.hasStrict(await get(url, '/hello', tokens.accessToken), { status: 401, code: 'FAST_AUTH_SESSION_REVOKED' })
    },
  )
}

t.test('a restart does not revive an exchanged refresh token: using it ends the session', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const before = await startServer(t, `sqlite:${file}`, withoutGrace)
  const exchanged = await signUp(before.url)
  const rotated = await refresh(before.url, exchanged.tokens.refreshToken)
  await before.kill()

  const { url } = await startServer(t, `sqlite:${file}`, withoutGrace)
  t.hasStrict(await refresh(url, exchanged.tokens.refreshToken), {
    status: 401,
    code: 'FAST_AUTH_REFRESH_TOKEN_REUSED',
  })
  t.hasStrict(await refresh(url, rotated.tokens.refreshToken), { status: 401, code: 'FAST_AUTH_REFRESH_TOKEN_INVALID' })
})

t.test('a signed-in user notices nothing of a restart', async t => {
  const file = join(t.testdir({}), 'auth.db')
  const before = await startServer(t, `sqlite:${file}`)
  const { tokens } = await signUp(before.url)
  await before.stop()

  const { url } = await startServer(t, `sqlite:${file}`)
  t.equal((await get(url, '/hello', tokens.accessToken)).status, 200)
  t.equal((await refresh(url, tokens.refreshToken)).status, 200)
})
