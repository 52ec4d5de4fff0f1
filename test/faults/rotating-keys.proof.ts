import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { keyPairs } from '../support/key-pairs.js'
import { otherPepper, otherSecret, pepper, secret } from '../support/secret.js'
import { get, refresh, signIn, signUp, type Tokens } from './fixtures/auth-client.js'
import { quickPasswords } from './fixtures/quick-passwords.js'
import { type ServerProcess, startServer } from './fixtures/server-process.js'

type Settings = Pick<Partial<FastAuthOptions>, 'secrets' | 'accessTokenKeys' | 'passwords'>

const userCount = 3
const callsBetweenSteps = 12
const pauseMilliseconds = 40
const peppered = (...ring: string[]): Settings => ({ passwords: { ...quickPasswords, pepper: ring } })
const { EdDSA, ES256 } = keyPairs

/** Each process is replaced by one with the next settings, one at a time, as a rolling deployment does it. */
const rotations: Readonly<Record<string, readonly Settings[]>> = {
  'from one secret to another': [
    { secrets: [secret] },
    { secrets: [secret, otherSecret] },
    { secrets: [otherSecret, secret] },
  ],
  'from a secret to a key pair': [
    { secrets: [secret] },
    { secrets: [secret], accessTokenKeys: [EdDSA.publicKey] },
    { secrets: [secret], accessTokenKeys: [EdDSA.privateKey] },
  ],
  'from one key pair to another': [
    { secrets: [secret], accessTokenKeys: [EdDSA.privateKey] },
    { secrets: [secret], accessTokenKeys: [ES256.publicKey, EdDSA.privateKey] },
    { secrets: [secret], accessTokenKeys: [ES256.privateKey, EdDSA.publicKey] },
  ],
  'from one pepper to another': [peppered(pepper), peppered(pepper, otherPepper), peppered(otherPepper, pepper)],
}

/** A client that signs in, calls and refreshes without end, now at one server, now at another, and notes what is not a 200. */
function person(email: string, servers: readonly ServerProcess[]) {
  const refusals: string[] = []
  let calls = 0
  let isDone = false
  let tokens: Tokens
  const anyServer = () => {
    const { url } = servers[calls % servers.length] ?? {}
    calls += 1
    return String(url)
  }
  const note = (what: string, status: number) => {
    if (status !== 200) refusals.push(`${what} ${status}`)
  }

  async function live(): Promise<void> {
    tokens = (await signUp(anyServer(), email)).tokens
    while (!isDone) {
      for (let times = 0; times < 3; times += 1) {
        note('call', (await get(anyServer(), '/auth/me', tokens.accessToken)).status)
      }
      note('sign-in', (await signIn(anyServer(), email)).status)
      const refreshed = await refresh(anyServer(), tokens.refreshToken)
      note('refresh', refreshed.status)
      if (refreshed.status === 200) tokens = refreshed.tokens
      // The servers that start meanwhile need the machine too.
      await sleep(pauseMilliseconds)
    }
  }

  return {
    refusals,
    life: live(),
    get calls() {
      return calls
    },
    get tokens() {
      return tokens
    },
    end: () => {
      isDone = true
    },
  }
}

type Person = ReturnType<typeof person>

/** Waits until every user has sent so many more requests. */
async function liveOn(users: readonly Person[]): Promise<void> {
  const before = users.map(({ calls }) => calls)
  while (users.some(({ calls }, index) => calls < (before[index] ?? 0) + callsBetweenSteps)) await sleep(10)
}

async function rollOut(t: Test, steps: readonly Settings[], file: string) {
  const start = (settings: Settings) => startServer(t, `sqlite:${file}`, settings)
  const [first = {}, ...next] = steps
  const servers = await Promise.all([start(first), start(first)])
  const users = Array.from({ length: userCount }, (_, index) => person(`person-${index}@example.com`, servers))
  await liveOn(users)
  const stopped: Promise<void>[] = []
  for (const settings of next) {
    for (const place of [0, 1] as const) {
      const successor = await start(settings)
      const old = servers[place]
      servers[place] = successor
      await liveOn(users)
      stopped.push(old.stop())
    }
  }
  for (const { end } of users) end()
  await Promise.all([...stopped, ...users.map(({ life }) => life)])
  return users
}

async function signInWithout(t: Test, file: string): Promise<void> {
  const { url } = await startServer(t, `sqlite:${file}`, peppered(otherPepper))
  for (let index = 0; index < userCount; index += 1)
    t.equal((await signIn(url, `person-${index}@example.com`)).status, 200)
}

for (const [title, steps] of Object.entries(rotations)) {
  t.test(`a live rotation ${title}, old and new side by side, causes no 401`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const users = await rollOut(t, steps, file)
    t.same(
      users.flatMap(({ refusals }) => refusals),
      [],
    )
    if (title.includes('pepper'))
      await t.test('and the old pepper can go when all have signed in', t => signInWithout(t, file))
    t.comment(`${users.reduce((sum, { calls }) => sum + calls, 0)} requests`)
  })
}

t.test('the tokens of a key that was dropped are 401, never 500', async t => {
  const file = join(t.testdir({}), 'auth.db')
  for (const [old, now] of [
    [{ secrets: [secret] }, { secrets: [otherSecret] }],
    [
      { secrets: [secret], accessTokenKeys: [EdDSA.privateKey] },
      { secrets: [secret], accessTokenKeys: [ES256.privateKey] },
    ],
  ] as const satisfies readonly (readonly [Settings, Settings])[]) {
    const before = await startServer(t, `sqlite:${file}`, old)
    const { tokens } = await signUp(before.url, `${Object.keys(old).length}@example.com`)
    await before.stop()
    const { url } = await startServer(t, `sqlite:${file}`, now)
    const call = await get(url, '/auth/me', tokens.accessToken)
    t.same([call.status, call.code], [401, 'FAST_AUTH_ACCESS_TOKEN_INVALID'])
    const keepsSecret = old.secrets[0] === now.secrets[0]
    const refreshed = await refresh(url, tokens.refreshToken)
    t.equal(refreshed.status, keepsSecret ? 200 : 401, 'a refresh token is good as long as its secret is there')
  }
})
