import t from 'tap'
import type { Proof, Storage } from '../../lib/composition/storage.js'
import { hourMilliseconds, randomSession } from '../../lib/conformance/random-records.js'
import { storeAccount } from '../../lib/conformance/stored-records.js'
import {
  confirmationOf,
  type ProtectedAccount,
  randomRecoveryCodes,
  recoveryCodeProof,
  storeFactor,
  storeProtectedAccount,
  totpProofOf,
} from '../../lib/features/second-factor/conformance/protected-account.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { everyDatabase } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'
import { startStorage } from './fixtures/storage-process.js'

const racers = 20
const roundsOfRace = rounds(200)
// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)

type Storages = readonly [Storage, Storage]

interface Answer {
  readonly status: number
  readonly accessToken: string
  readonly secret: string
  readonly signInToken: string
}

/** The fields of an answer, and its status. */
async function post(url: string, path: string, body: object, accessToken = ''): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
  const given = accessToken === '' ? { 'content-type': headers['content-type'] } : headers
  const response = await fetch(`${url}/auth${path}`, { method: 'POST', headers: given, body: JSON.stringify(body) })
  return { ...((await response.json()) as Answer), status: response.status }
}

/** The outcomes of twenty concurrent sign-ins with these proofs, half of them in either process. */
async function openTwentyTimes(storages: Storages, { user }: ProtectedAccount, proof: Proof): Promise<string[]> {
  const proofs: readonly Proof[] = [{ kind: 'password', hash: user.passwordHash }, proof]
  const attempts = Array.from({ length: racers }, (_, index) =>
    (storages[index % 2] as Storage).sessions.open({ session: randomSession(user), proofs, maximumPerUser: 1000 }),
  )
  return (await Promise.all(attempts)).map(({ outcome }) => outcome).sort()
}

const onceOfTwenty = ['opened', ...Array<string>(racers - 1).fill('spent')]

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const storages = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    const [storage] = storages

    t.test('of twenty concurrent sign-ins with one code of an app one succeeds, round after round', async t => {
      const account = await storeProtectedAccount(storage)
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const outcomes = await openTwentyTimes(storages, account, totpProofOf(account, round))
        if (outcomes.join() !== onceOfTwenty.join()) t.same(outcomes, onceOfTwenty, `round ${round}`)
      }
      const { totp } = await storage.secondFactors.find({ userId: account.user.id })
      t.equal(totp?.lastStep, account.lastStep + roundsOfRace)
    })

    t.test('of twenty concurrent sign-ins with one recovery code one succeeds, round after round', async t => {
      const account = await storeProtectedAccount(storage)
      const { user, sessions, now } = account
      const recoveryCodes = randomRecoveryCodes(roundsOfRace)
      const asking = { sessionId: sessions[0].id, now }
      await storage.secondFactors.renewRecoveryCodes({ userId: user.id, recoveryCodes, asking, messages: [] })
      for (const [round, hash] of recoveryCodes.entries()) {
        const outcomes = await openTwentyTimes(storages, account, recoveryCodeProof(hash))
        if (outcomes.join() !== onceOfTwenty.join()) t.same(outcomes, onceOfTwenty, `round ${round}`)
      }
      t.equal((await storage.secondFactors.find({ userId: user.id })).recoveryCodesLeft, 0)
    })

    t.test('no sign-in with the password alone outlives the confirmation of an app, round after round', async t => {
      for (let round = 1; round <= Math.ceil(roundsOfRace / 4); round += 1) {
        const account = await storeAccount(storage)
        const { user, now } = account
        const factor = await storeFactor(storage, account)
        const confirm = confirmationOf(account, factor, { now, idleExpiresAt: now + hourMilliseconds })
        const proofs: readonly Proof[] = [{ kind: 'password', hash: user.passwordHash }]
        const opening = Array.from({ length: racers }, (_, index) => {
          const { sessions } = storages[index % 2] as Storage
          return sessions.open({ session: randomSession(user), proofs, maximumPerUser: 1000 })
        })
        await Promise.all([...opening, storages[1].secondFactors.confirmTotp(confirm)])
        const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
        t.same(
          items.map(({ methods }) => methods),
          [['password', 'totp']],
          `round ${round}: only the session that confirmed the app is left`,
        )
      }
    })
  })

  t.test(`two servers on one ${name}: of twenty requests with one code one signs in`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const start = () => startServer(t, databaseUrl, { secondFactor: 'offered' })
    const [{ url: one }, { url: two }] = await Promise.all([start(), start()])
    const { accessToken } = await post(one, '/sign-up', { ...ada, transport: 'token' })
    const { secret } = await post(one, '/second-factor/totp', {}, accessToken)
    const now = Date.now()
    await post(one, '/second-factor/totp/confirm', { code: totpCode(secret, now) }, accessToken)
    const { signInToken } = await post(two, '/sign-in', { ...ada, transport: 'token' })
    const body = { signInToken, code: totpCode(secret, now + 30_000) }
    const attempts = Array.from({ length: racers }, (_, index) =>
      post(index % 2 === 0 ? one : two, '/sign-in/second-factor', body),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort()
    t.same(statuses, [200, ...Array<number>(racers - 1).fill(401)])
  })
}
