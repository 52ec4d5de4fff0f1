import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { soon } from '../support/soon.js'
import { get, refresh, signIn, signOut, signUp } from './fixtures/auth-client.js'
import { createHistory } from './fixtures/history.js'
import { record } from './fixtures/record.js'
import { conclude } from './fixtures/report.js'
import { startServer } from './fixtures/server-process.js'

const minutesApart = 3
const lifetimeSeconds = 60

/** Two processes on one SQLite file, the second of which is minutes ahead. */
async function clocksApart(t: Test, options: Omit<Partial<FastAuthOptions>, 'storage'> = {}) {
  const file = join(t.testdir({}), 'auth.db')
  const start = (clockAheadSeconds: number) => startServer(t, `sqlite:${file}`, options, { clockAheadSeconds })
  const [{ url: early }, { url: late }] = await Promise.all([start(0), start(minutesApart * 60)])
  await signUp(early)
  return { early, late }
}

const usual = await clocksApart(t)

t.test(
  'a client that refreshes alternately at two processes, whose clocks are minutes apart, stays signed in',
  async t => {
    const { early, late } = usual
    const history = createHistory('clocks apart')
    for (const authenticatedAt of [early, late]) {
      let { tokens } = await signIn(authenticatedAt)
      const about = tokens.accessToken
      for (const url of [late, early, early, late, late, early]) {
        const presented = tokens.refreshToken
        const answer = await record(history, { kind: 'refresh', about, presented }, () => refresh(url, presented))
        if (answer?.status === 200) tokens = answer.tokens
        const called = tokens.accessToken
        await record(history, { kind: 'call', about }, () => get(url, '/hello', called))
      }
    }
    conclude(t, 'clocks minutes apart', history)
  },
)

t.test('a retry at a process that is minutes behind gets the same successor', async t => {
  const { early, late } = usual
  const { tokens } = await signIn(early)
  const first = await refresh(late, tokens.refreshToken)
  const retried = await refresh(early, tokens.refreshToken)
  t.same([first.status, retried.status], [200, 200])
  t.equal(retried.tokens.refreshToken, first.tokens.refreshToken)
})

t.test('a retry at a process that is ahead by more than the grace time looks like a copied token', async t => {
  const { early, late } = usual
  const { tokens } = await signIn(early)
  t.equal((await refresh(early, tokens.refreshToken)).status, 200)
  t.hasStrict(await refresh(late, tokens.refreshToken), { status: 401, code: 'FAST_AUTH_REFRESH_TOKEN_REUSED' })
})

t.test('an access token from minutes ahead is refused by who is behind, and a refresh there helps', async t => {
  const { early, late } = usual
  const { tokens } = await signIn(late)
  t.hasStrict(await get(early, '/hello', tokens.accessToken), { status: 401, code: 'FAST_AUTH_ACCESS_TOKEN_INVALID' })
  const refreshed = await refresh(early, tokens.refreshToken)
  t.equal(refreshed.status, 200)
  for (const url of [early, late]) t.equal((await get(url, '/hello', refreshed.tokens.accessToken)).status, 200)
})

t.test(
  'an access token that is over by the clock of one process is refused there, and its session goes on',
  async t => {
    const { early, late } = await clocksApart(t, { accessTokenLifetimeSeconds: lifetimeSeconds })
    const { tokens } = await signIn(early)
    t.equal((await get(early, '/hello', tokens.accessToken)).status, 200)
    t.hasStrict(await get(late, '/hello', tokens.accessToken), { status: 401, code: 'FAST_AUTH_ACCESS_TOKEN_EXPIRED' })
    t.equal((await refresh(late, tokens.refreshToken)).status, 200)
  },
)

for (const [name, options] of [
  ["with revocation: 'strict'", { revocation: 'strict' }],
  ['with an overlap of as many minutes', { revocationFeed: { overlapSeconds: minutesApart * 60 + 60 } }],
] as const) {
  t.test(
    `${name} a session that is ended at one process is refused by the other, whichever clock is ahead`,
    async t => {
      const { early, late } = await clocksApart(t, options)
      for (const [signedOutAt, usedAt] of [
        [early, late],
        [late, early],
      ] as const) {
        // By the clock that is behind, so that both take the token.
        const { tokens } = await signIn(early)
        t.equal((await get(usedAt, '/hello', tokens.accessToken)).status, 200)
        t.equal((await signOut(signedOutAt, tokens.refreshToken)).status, 204)
        await soon(async () => (await get(usedAt, '/hello', tokens.accessToken)).status === 401)
        t.equal((await refresh(usedAt, tokens.refreshToken)).status, 401)
      }
    },
  )
}
