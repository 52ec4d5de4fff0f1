import t from 'tap'
import type { Purge } from '../../lib/composition/storage.js'
import { randomSession, randomUser } from '../../lib/conformance/random-records.js'
import { signUpOf } from '../../lib/conformance/sign-up-of.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { purgeExpired } from '../../lib/purge/purge-expired.js'

const day = 86_400_000
const now = Date.UTC(2026, 0, 10)

/** A storage with one user, who has sessions that expire at these instants, and each purge that it was asked for. */
async function storageWithSessions(...expiries: readonly number[]) {
  const storage = memoryStorage()
  const user = randomUser()
  await storage.users.create(signUpOf(user))
  const sessions = expiries.map(expiresAt => randomSession(user, { expiresAt }))
  for (const session of sessions)
    await storage.sessions.open({
      session,
      proofs: [{ kind: 'password', hash: user.passwordHash }],
      maximumPerUser: 100,
    })
  const requests: Purge[] = []
  const purge = (request: Purge) => {
    requests.push(request)
    return storage.purge(request)
  }
  return { storage, sessions, purging: { purge }, requests }
}

const settings = { batchSize: 2, pauseMilliseconds: 0, eventLifetimeSeconds: 60, clock: () => now }
const nothing = {
  sessions: 0,
  oneTimeTokens: 0,
  messages: 0,
  revocations: 0,
  events: 0,
  passkeyUses: 0,
  signInCodes: 0,
  providerFlows: 0,
  invitations: 0,
}

t.test('expired rows are deleted batch by batch until none is left, and are counted', async t => {
  const { purging, requests } = await storageWithSessions(now, now, now, now, now, now + 1)
  t.same(await purgeExpired(purging, settings), { ...nothing, sessions: 5 })
  t.same(
    requests.map(({ limit }) => limit),
    [2, 2, 2, 2],
  )
})

t.test('a line of the revocation feed stays for as long as an access token can live, and an hour', async t => {
  const { storage, sessions } = await storageWithSessions(now + day, now + day)
  const ages = [day + 3_600_000, day + 3_600_001]
  for (const [index, session] of sessions.entries()) {
    await storage.sessions.revoke({ sessionId: session.id, now: now - (ages[index] ?? 0) })
  }
  t.same(await purgeExpired(storage, settings), { ...nothing, revocations: 1 })
  const lines = await storage.revocations.list({ since: 0, limit: 10 })
  t.same(
    lines.map(({ id }) => id),
    [sessions[0]?.id],
  )
})

t.test('each batch is of its own instant', async t => {
  const { purging, requests } = await storageWithSessions(now, now + 1, now + 2)
  let time = now
  await purgeExpired(purging, { ...settings, clock: () => time++ })
  t.same(
    requests.map(request => request.now - now),
    [0, 1, 2, 3],
  )
})

t.test('a signal ends it after the batch that is under way, and the pause with it', async t => {
  const { storage } = await storageWithSessions(now, now, now)
  const stopping = new AbortController()
  const purge = async (request: Purge) => {
    stopping.abort()
    return storage.purge(request)
  }
  const hour = 3_600_000
  const purged = await purgeExpired({ purge }, { ...settings, pauseMilliseconds: hour, signal: stopping.signal })
  t.same(purged, { ...nothing, sessions: 2 })
})

t.test('a signal during the pause ends the pause', async t => {
  const { purging } = await storageWithSessions(now, now, now)
  const stopping = new AbortController()
  const hour = 3_600_000
  const purged = purgeExpired(purging, { ...settings, pauseMilliseconds: hour, signal: stopping.signal })
  await new Promise(setImmediate)
  stopping.abort()
  t.same(await purged, { ...nothing, sessions: 2 })
})

t.test('every kind is added up', async t => {
  const kinds = Object.keys(nothing) as (keyof typeof nothing)[]
  const counted = (unit: number) => ({
    ...nothing,
    ...Object.fromEntries(kinds.map((kind, index) => [kind, unit * (index + 1)])),
  })
  const batches = [counted(1), counted(10)]
  const purged = await purgeExpired({ purge: async () => batches.pop() ?? nothing }, settings)
  t.same(purged, {
    sessions: 11,
    oneTimeTokens: 22,
    messages: 33,
    revocations: 44,
    events: 55,
    passkeyUses: 66,
    signInCodes: 77,
    providerFlows: 88,
    invitations: 99,
  })
})
