import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { randomUser } from '../../lib/conformance/random-records.js'
import { storeAccount } from '../../lib/conformance/stored-records.js'
import {
  adoptionOf,
  identityProofOf,
  linkOf,
  randomIdentity,
  signInOf,
  signUpWith,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from '../../lib/features/providers/conformance/identity-account.js'
import { randomFlow, storeSettledFlow } from '../../lib/features/providers/conformance/provider-flow.js'
import { unlinkOf } from '../../lib/features/providers/conformance/unlink-identity-cases.js'
import { everyDatabase } from './fixtures/databases.js'
import { cookiesOf, providerClient } from './fixtures/provider-client.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'
import { startStorage } from './fixtures/storage-process.js'
import { onceOfTwenty, racers, type Storages, twentyTimes } from './fixtures/twenty-times.js'

const roundsOfRace = rounds(100)
// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)

/** A race of twenty calls, and its outcomes. */
interface Race {
  readonly title: string
  readonly expected: readonly string[]
  /** Prepares the records of a round, and returns the call. */
  prepare(storage: Storage): Promise<(storage: Storage) => Promise<{ readonly outcome: string }>>
}

const races: readonly Race[] = [
  {
    title: 'of twenty claims of one flow one is claimed',
    expected: onceOfTwenty('claimed', 'pending'),
    async prepare() {
      const flow = randomFlow()
      return ({ providerFlows }) => providerFlows.claim(flow)
    },
  },
  {
    title: 'of twenty calls that take one result one gets it',
    expected: onceOfTwenty('taken', 'unknown'),
    async prepare(storage) {
      const { flowId, now } = await storeSettledFlow(storage)
      return ({ providerFlows }) => providerFlows.take({ flowId, now })
    },
  },
  {
    title: 'of twenty sign-ups with one identity one is created',
    expected: onceOfTwenty('created', 'identityTaken'),
    async prepare() {
      const { issuer, subject } = randomIdentity(randomUser())
      return ({ identities }) => {
        const user = { ...randomUser(), passwordHash: null }
        return identities.signUp(signUpWith(user, { identity: randomIdentity(user, { issuer, subject }) }))
      }
    },
  },
  {
    title: 'of twenty identities one is linked to an account with an unproven address',
    expected: onceOfTwenty('linked', 'refused'),
    async prepare(storage) {
      const account = await storeAccount(storage)
      return ({ identities }) => identities.adopt(adoptionOf(account))
    },
  },
  {
    title: 'of twenty requests to link one identity one links it',
    expected: onceOfTwenty('linked', 'present'),
    async prepare(storage) {
      const account = await storeAccount(storage)
      const { issuer, subject } = randomIdentity(account.user)
      return ({ identities }) =>
        identities.link(linkOf(account, { identity: randomIdentity(account.user, { issuer, subject }) }))
    },
  },
]

async function runRaces(storages: Storages, { expected, prepare }: Race): Promise<readonly string[]> {
  const wrong: string[] = []
  for (let round = 1; round <= Math.ceil(roundsOfRace / 4); round += 1) {
    const call = await prepare(storages[0])
    const outcomes = await twentyTimes(storages, call)
    if (outcomes.join() !== expected.join()) wrong.push(`round ${round}: ${outcomes}`)
  }
  return wrong
}

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const storages = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    const [storage] = storages

    for (const race of races)
      t.test(`${race.title}, round after round`, async t => {
        t.same(await runRaces(storages, race), [])
      })

    t.test('the removal of the only two identities in two processes leaves one, round after round', async t => {
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const account = await storePasswordlessAccount(storage)
        const both = [await storeIdentity(storage, account), await storeIdentity(storage, account)] as const
        const removals = storages.map(({ identities }, index) =>
          identities.unlink(unlinkOf(account, both[index === 0 ? 0 : 1])),
        )
        const outcomes = (await Promise.all(removals)).map(({ outcome }) => outcome).sort()
        const expected = ['lastSignInMethod', 'unlinked']
        if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `round ${round}`)
        const left = await storage.identities.list({ userId: account.user.id })
        if (left.length !== 1) t.equal(left.length, 1, `round ${round}`)
      }
      t.pass('one was left each time')
    })

    t.test('no session of a provider outlives the removal of its identity in another process', async t => {
      for (let round = 1; round <= Math.ceil(roundsOfRace / 4); round += 1) {
        const account = await storeIdentityAccount(storage)
        const { user, identities, now } = account
        const opening = Array.from({ length: racers }, (_, index) =>
          storages[index % 2 === 0 ? 0 : 1].sessions.open(signInOf(account, [identityProofOf(identities[0])])),
        )
        const removal = storages[1].identities.unlink(unlinkOf(account, identities[0]))
        const [{ outcome }] = await Promise.all([removal, ...opening])
        t.equal(outcome, 'unlinked')
        const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
        t.notOk(
          items.some(({ methods }) => methods.includes('provider')),
          `round ${round}: no session of the provider is left`,
        )
      }
    })
  })

  t.test(
    `two servers on one ${name}: a callback that is visited twenty times makes one user and one session`,
    { skip: missing },
    async t => {
      const databaseUrl = await create(t)
      const client = await providerClient(t)
      const start = () => startServer(t, databaseUrl, {}, { provider: client.settings })
      const [{ url: one }, { url: two }] = await Promise.all([start(), start()])
      for (let round = 1; round <= 3; round += 1) {
        const email = `${randomUUID()}@example.com`
        const signIn = await client.approve(one, { sub: email, email, email_verified: true })
        const answers = await Promise.all(
          Array.from({ length: racers }, (_, index) => client.visit(index % 2 === 0 ? one : two, signIn)),
        )
        const places = new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`))
        t.same(places, new Set(['303 https://app.example.com/']), `round ${round}`)
        const cookies = answers.map(cookiesOf)
        const users = new Set<string>()
        for (const [index, cookie] of cookies.entries()) {
          const headers = { cookie }
          const answer = await fetch(`${index % 2 === 0 ? two : one}/auth/sessions`, { headers })
          const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] }
          users.add(items.map(({ id }) => id).join())
          t.equal(items.length, 1, `round ${round}: one session`)
        }
        t.equal(users.size, 1, `round ${round}: every visit has the same session`)
      }
    },
  )
}
