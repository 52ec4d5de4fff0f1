import t from 'tap'
import type { Proof, Storage } from '../../lib/composition/storage.js'
import {
  passkeyProofOf,
  randomChallenge,
  randomPasskey,
  registrationOf,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  storePasswordlessAccount,
} from '../../lib/features/passkeys/conformance/passkey-account.js'
import { everyDatabase } from './fixtures/databases.js'
import { passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { rounds } from './fixtures/rounds.js'
import { startServer } from './fixtures/server-process.js'
import { startStorage } from './fixtures/storage-process.js'
import { onceOfTwenty, racers, twentyTimes } from './fixtures/twenty-times.js'

const roundsOfRace = rounds(100)
// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const storages = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    const [storage] = storages

    t.test('of twenty concurrent sign-ins with one use of a passkey one succeeds, round after round', async t => {
      const account = await storePasskeyAccount(storage)
      const { user } = account
      let [passkey] = account.passkeys
      const expected = onceOfTwenty('opened', 'spent')
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const proof = passkeyProofOf(passkey)
        const outcomes = await twentyTimes(storages, ({ sessions }) =>
          sessions.open({ ...signInOf(account, [proof]), maximumPerUser: 10_000 }),
        )
        if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `round ${round}`)
        passkey = { ...passkey, counter: proof.counter }
      }
      const [stored] = await storage.passkeys.list({ userId: user.id })
      t.equal(stored?.counter, passkey.counter)
    })

    t.test('of sign-ins and proofs with one use of a passkey one succeeds, round after round', async t => {
      const account = await storePasskeyAccount(storage)
      const { user, sessions, now } = account
      let [passkey] = account.passkeys
      for (let round = 1; round <= Math.ceil(roundsOfRace / 4); round += 1) {
        const proof: Proof = passkeyProofOf(passkey)
        const outcomes = await twentyTimes(storages, (storage, index) => {
          const proofs = [proof]
          if (index % 4 < 2) return storage.sessions.open({ ...signInOf(account, proofs), maximumPerUser: 10_000 })
          const { id: sessionId } = sessions[0]
          const asked = { sessionId, userId: user.id, proofs, methods: ['passkey'] as const }
          return storage.sessions.reauthenticate({ ...asked, idleExpiresAt: now + 3_600_000, now })
        })
        const winners = outcomes.filter(outcome => outcome !== 'spent')
        if (winners.length !== 1) t.same(outcomes, ['one of them'], `round ${round}`)
        passkey = { ...passkey, counter: proof.counter }
      }
      t.pass('each round had one winner')
    })

    t.test('of twenty concurrent registrations with one challenge one succeeds, round after round', async t => {
      const expected = onceOfTwenty('registered', 'spent')
      for (let round = 1; round <= Math.ceil(roundsOfRace / 10); round += 1) {
        const account = await storePasskeyAccount(storage)
        const challenge = randomChallenge(account.user.createdAt)
        const outcomes = await twentyTimes(storages, ({ passkeys }) =>
          passkeys.register(registrationOf(account, { passkey: randomPasskey(account.user), ...challenge })),
        )
        if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `round ${round}`)
        t.equal((await storage.passkeys.list({ userId: account.user.id })).length, 3, `round ${round}`)
      }
    })

    t.test('the removal of the only two passkeys in two processes leaves one, round after round', async t => {
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const account = await storePasswordlessAccount(storage)
        const { user, sessions, now } = account
        const both = [await storePasskey(storage, account), await storePasskey(storage, account)]
        const asking = { sessionId: sessions[0].id, now }
        const removals = both.map(({ id: passkeyId }, index) => {
          const { passkeys } = storages[index] as Storage
          return passkeys.remove({ passkeyId, userId: user.id, asking, now, messages: [] })
        })
        const outcomes = (await Promise.all(removals)).map(({ outcome }) => outcome).sort()
        const expected = ['lastSignInMethod', 'removed']
        if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `round ${round}`)
        const left = await storage.passkeys.list({ userId: user.id })
        if (left.length !== 1) t.equal(left.length, 1, `round ${round}`)
      }
      t.pass('one was left each time')
    })

    t.test('no session of a passkey outlives its removal in another process, round after round', async t => {
      for (let round = 1; round <= Math.ceil(roundsOfRace / 4); round += 1) {
        const account = await storePasskeyAccount(storage)
        const { user, sessions, now } = account
        const [{ id: passkeyId }] = account.passkeys
        const asking = { sessionId: sessions[0].id, now }
        const opening = Array.from({ length: racers }, (_, index) => {
          const proof = passkeyProofOf(account.passkeys[0], { counter: 0 })
          return (storages[index % 2] as Storage).sessions.open(signInOf(account, [proof]))
        })
        const removal = storages[1].passkeys.remove({ passkeyId, userId: user.id, asking, now, messages: [] })
        const [{ outcome }] = await Promise.all([removal, ...opening])
        t.equal(outcome, 'removed')
        const { items } = await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
        t.notOk(
          items.some(({ methods }) => methods.includes('passkey')),
          `round ${round}: no session of the passkey is left`,
        )
      }
    })
  })

  t.test(
    `two servers on one ${name}: of twenty requests with one use of a passkey one signs in`,
    { skip: missing },
    async t => {
      const databaseUrl = await create(t)
      const start = () => startServer(t, databaseUrl, { passkeys })
      const [{ url: one }, { url: two }] = await Promise.all([start(), start()])
      const owner = await passkeyOwner(one, 'passkey@example.com')
      for (let round = 1; round <= 3; round += 1) {
        const credential = await owner.use(two)
        const attempts = Array.from({ length: racers }, (_, index) =>
          owner.signIn(index % 2 === 0 ? one : two, credential),
        )
        const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort()
        t.same(statuses, [200, ...Array<number>(racers - 1).fill(401)], `round ${round}`)
      }
      await owner.isWhole(t, two, 3)
    },
  )
}
