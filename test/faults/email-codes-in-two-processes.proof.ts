import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { openingOf, rotationOf } from '../../lib/conformance/account-requests.js'
import { randomUser } from '../../lib/conformance/random-records.js'
import {
  codeProofOf,
  idsOfSessions,
  randomCode,
  signInOf,
  storeCode,
  storeNewcomersCode,
  storeProvenAccount,
  storeUnprovenAccount,
  trialOf,
  wrongTrialOf,
} from '../../lib/features/email-codes/conformance/code-account.js'
import { startCodeServer } from './fixtures/code-client.js'
import { everyDatabase } from './fixtures/databases.js'
import { rounds } from './fixtures/rounds.js'
import { startStorage } from './fixtures/storage-process.js'
import { answersOfTwenty, onceOfTwenty, racers, twentyTimes } from './fixtures/twenty-times.js'

const roundsOfRace = rounds(100)
const fewerRounds = Math.ceil(roundsOfRace / 4)
// Far more than it takes, for a machine that is busy.
t.setTimeout(600_000)

const rightOnes = (answers: readonly { readonly outcome: string }[]) =>
  answers.filter(({ outcome }) => outcome === 'right').length

const find = ({ signInCodes }: Storage, { email, createdAt: now }: { email: string; createdAt: number }) =>
  signInCodes.find({ email, now })

for (const { name, missing, create } of await everyDatabase()) {
  t.test(`two processes on one ${name}`, { skip: missing }, async t => {
    const databaseUrl = await create(t)
    const storages = await Promise.all([startStorage(t, databaseUrl), startStorage(t, databaseUrl)])
    const [storage] = storages

    t.test('of twenty concurrent sign-ins with one mailed code one succeeds, round after round', async t => {
      const account = await storeProvenAccount(storage)
      const expected = onceOfTwenty('opened', 'stale')
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const proofs = [codeProofOf(await storeCode(storage, account.user))]
        const outcomes = await twentyTimes(storages, ({ sessions }) =>
          sessions.open({ ...signInOf(account, proofs), maximumPerUser: 10_000 }),
        )
        if (outcomes.join() !== expected.join()) t.same(outcomes, expected, `round ${round}`)
      }
      t.equal(await find(storage, account.user), null, 'no code is left')
    })

    t.test('of sign-ins and proofs with one mailed code one succeeds, round after round', async t => {
      const account = await storeProvenAccount(storage)
      const { user, sessions, now } = account
      const asked = { sessionId: sessions[0].id, userId: user.id, methods: ['email'], now } as const
      for (let round = 1; round <= fewerRounds; round += 1) {
        const proofs = [codeProofOf(await storeCode(storage, user))]
        const outcomes = await twentyTimes(storages, (storage, index) =>
          index % 4 < 2
            ? storage.sessions.open({ ...signInOf(account, proofs), maximumPerUser: 10_000 })
            : storage.sessions.reauthenticate({ ...asked, proofs, idleExpiresAt: now + 3_600_000 }),
        )
        const winners = outcomes.filter(outcome => outcome !== 'stale')
        if (winners.length !== 1) t.same(outcomes, ['one of them'], `round ${round}`)
      }
      t.pass('each round had one winner')
    })

    t.test('each wrong code in two processes costs one try, round after round', async t => {
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const code = await storeNewcomersCode(storage, { triesLeft: racers + 5 })
        await twentyTimes(storages, ({ signInCodes }) => signInCodes.tryCode(wrongTrialOf(code)))
        const triesLeft = (await find(storage, code))?.triesLeft
        if (triesLeft !== 5) t.equal(triesLeft, 5, `round ${round}`)
      }
      t.pass('no try was lost')
    })

    t.test('of twenty codes in two processes no more than five are compared, round after round', async t => {
      let compared = 0
      for (let round = 1; round <= roundsOfRace; round += 1) {
        const code = await storeNewcomersCode(storage)
        const at = round % racers
        const answers = await answersOfTwenty(storages, ({ signInCodes }, index) =>
          signInCodes.tryCode(index === at ? trialOf(code) : wrongTrialOf(code)),
        )
        compared += rightOnes(answers)
        const later = await storage.signInCodes.tryCode(trialOf(code))
        if (later.outcome !== 'wrong') t.equal(later.outcome, 'wrong', `round ${round}: no try is left`)
      }
      t.comment(`of ${roundsOfRace} right codes among nineteen wrong ones ${compared} were among the first`)
      t.ok(compared < roundsOfRace, 'a right code that came too late was refused')
    })

    t.test('of twenty codes that two processes issue for one address one is right, round after round', async t => {
      for (let round = 1; round <= fewerRounds; round += 1) {
        const user = randomUser()
        const codes = Array.from({ length: racers }, () => randomCode(user, { userId: null }))
        await answersOfTwenty(storages, async ({ signInCodes }, index) => {
          for (const code of codes.slice(index, index + 1)) await signInCodes.issue({ code, messages: [] })
        })
        const answers = await Promise.all(codes.map(code => storage.signInCodes.tryCode(trialOf(code))))
        if (rightOnes(answers) !== 1) t.equal(rightOnes(answers), 1, `round ${round}`)
      }
      t.pass('an address had one code each time')
    })

    t.test('of twenty right codes in two processes one proves the address, round after round', async t => {
      for (let round = 1; round <= fewerRounds; round += 1) {
        const account = await storeUnprovenAccount(storage)
        const { sessions, code, now } = account
        const answers = await answersOfTwenty(storages, ({ signInCodes }) =>
          signInCodes.tryCode(trialOf(code, { now })),
        )
        const revoked = answers.flatMap(answer => (answer.outcome === 'right' ? answer.revokedSessionIds : []))
        const proving = answers.filter(answer => answer.outcome === 'right' && answer.isProvenNow)
        const seen = [rightOnes(answers), proving.length, revoked.length]
        if (seen.join() !== [racers, 1, sessions.length].join()) t.same(seen, [racers, 1, 3], `round ${round}`)
      }
      t.pass('each address was proven once')
    })

    t.test('nothing that an account had outlives the proof in another process, round after round', async t => {
      for (let round = 1; round <= fewerRounds; round += 1) {
        const account = await storeUnprovenAccount(storage)
        const { user, code, now } = account
        await twentyTimes(storages, ({ signInCodes, sessions }, index) => {
          if (index === round % racers) return signInCodes.tryCode(trialOf(code, { now }))
          return index % 4 < 2 ? sessions.open(openingOf(account)) : sessions.rotate(rotationOf(account))
        })
        const left = [
          await idsOfSessions(storage, account),
          (await storage.users.find({ userId: user.id }))?.passwordHash,
        ]
        if (JSON.stringify(left) !== '[[],null]') t.same(left, [[], null], `round ${round}`)
      }
      t.pass('neither a session nor a password was left')
    })
  })

  t.test(
    `two servers on one ${name}: of twenty requests with one mailed code one signs in, and five guesses end a code`,
    { skip: missing },
    async t => {
      const { server, codes, again } = await startCodeServer(t, await create(t))
      const [one, two] = [server.url, (await again()).url]
      const race = (attempt: (url: string) => Promise<{ readonly status: number }>) =>
        Promise.all(Array.from({ length: racers }, async (_, index) => (await attempt(index % 2 ? one : two)).status))
      for (let round = 1; round <= 3; round += 1) {
        const mailed = await codes.request(one, `newcomer-${round}@example.com`)
        const statuses = (await race(url => codes.signIn(url, mailed))).sort()
        t.ok([200, 201].includes(Number(statuses[0])), 'one of them, even if another has created the account')
        t.same(statuses.slice(1), Array(racers - 1).fill(401), `round ${round}`)
        await codes.isWhole(t, two, mailed)

        const guessed = await codes.request(two, mailed.email)
        const wrong = guessed.code.replace(/^./, first => (first === '7' ? '8' : '7'))
        const guesses = await race(url => codes.signIn(url, { ...guessed, code: wrong }))
        t.same(guesses, Array(racers).fill(401), `round ${round}`)
        t.equal((await codes.signIn(one, guessed)).status, 401, 'the right code comes too late')
      }
    },
  )
}
