import type { Storage } from '../../../composition/storage.js'
import { addressChangeOf, changeOf, openingOf, rotationOf } from '../../../conformance/account-requests.js'
import { apiKeysOf, findToken, stateOf } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomApiKey, randomPasswordHash } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import type { SignInCodeTrial } from '../port.js'
import {
  type CodeAccount,
  expectRight,
  idsOfSessions,
  provenUser,
  storeUnprovenAccount,
  trialOf,
} from './code-account.js'

type Outcome = Promise<{ readonly outcome: string }>

const rule = 'What the account of an unproven address has, or gets by what it had, does not outlive the proof'

/** A call of the client that had created the account. */
type Attempt = (connection: Storage, account: CodeAccount) => Outcome

/** Presents the right code among such calls. Returns the account. */
async function raceProof(storage: Storage, all: readonly Storage[], attempt: Attempt): Promise<CodeAccount> {
  const account = await storeUnprovenAccount(storage)
  const { code, now } = account
  const answers = await concurrently(
    all,
    (connection, index): Outcome =>
      index === 7 ? connection.signInCodes.tryCode(trialOf(code, { now })) : attempt(connection, account),
  )
  expectEqual(countOf(answers, 'right'), 1, 'The code is right')
  return account
}

/** Checks that the owner of the address has no session and no password. */
async function expectStripped(storage: Storage, account: CodeAccount): Promise<void> {
  expectEqual(await idsOfSessions(storage, account), [], rule)
  const user = await storage.users.find({ userId: account.user.id })
  // A sign-in that preceded the proof has left its instant.
  expectEqual({ ...user, lastSignInAt: null }, { ...provenUser(account), lastSignInAt: null }, rule)
}

const isProvenNow = (trial: SignInCodeTrial) => trial.outcome === 'right' && trial.isProvenNow

/** Cases for an address that is proven during calls of the client that had created the account. */
export const proveAddressRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty right codes exactly one proves the address', async (storage, all) => {
    const account = await storeUnprovenAccount(storage)
    const { sessions, code, now } = account
    const answers = await concurrently(all, connection => connection.signInCodes.tryCode(trialOf(code, { now })))
    const once = 'Exactly one call removes what the account had, and all others find a proven address'
    const rights = answers.map(answer => expectOutcome(answer, 'right', once))
    expectEqual(rights.filter(isProvenNow).length, 1, once)
    const ids = sessions.map(({ id }) => id)
    const revoked = rights.flatMap(({ revokedSessionIds }) => revokedSessionIds)
    expectEqual(sorted(revoked), sorted(ids), once)
    const lines = inFeedOrder(sessions.map(session => sessionLine(session, now)))
    expectEqual(await revocationsOf(storage, ids, now), lines, 'Each session is recorded in the feed once')
    await expectStripped(storage, account)
    await expectRight(storage, code, provenUser(account), once)
  }),
  raceCase('race: no sign-in with the password outlives the proof of the address', async (storage, all) => {
    const account = await raceProof(storage, all, (connection, account) => connection.sessions.open(openingOf(account)))
    await expectStripped(storage, account)
  }),
  raceCase('race: no refreshed session outlives the proof of the address', async (storage, all) => {
    const account = await raceProof(storage, all, (connection, account) =>
      connection.sessions.rotate(rotationOf(account)),
    )
    await expectStripped(storage, account)
  }),
  raceCase('race: no changed password outlives the proof of the address', async (storage, all) => {
    const account = await raceProof(storage, all, (connection, account) =>
      connection.users.changePassword(changeOf(account)),
    )
    await expectStripped(storage, account)
  }),
  raceCase('race: no better hash of the password outlives the proof of the address', async (storage, all) => {
    const account = await raceProof(storage, all, (connection, { user }) => {
      const { id: userId, passwordHash: currentHash } = user
      return connection.users.replacePasswordHash({ userId, currentHash, newHash: randomPasswordHash() })
    })
    await expectStripped(storage, account)
  }),
  raceCase('race: a user who is disabled while the address is proven keeps all or nothing', async (storage, all) => {
    const account = await storeUnprovenAccount(storage)
    const { user, code, now } = account
    const answers = await concurrently(
      all,
      (connection, index): Promise<SignInCodeTrial | { readonly outcome: 'disabled' | 'unknown' }> =>
        index === 7
          ? connection.users.disable({ userId: user.id, now })
          : connection.signInCodes.tryCode(trialOf(code, { now })),
    )
    const wasProven = answers.some(answer => answer.outcome === 'right' && isProvenNow(answer))
    const asked = wasProven ? provenUser(account) : user
    const state = await stateOf(storage, account)
    expectEqual(state.user, { ...asked, disabledAt: now }, 'A disabled user is not changed by a code')
    expectEqual(state.sessions, [null, null, null], 'A disabled user has no session')
  }),
  ...needing(
    ['api-keys'],
    [
      raceCase('race: no API key of a session outlives the proof of the address', async (storage, all) => {
        const account = await raceProof(storage, all, (connection, { user, sessions, now }) => {
          const apiKey = randomApiKey(user)
          const asking = { sessionId: sessions[0].id, now }
          return connection.apiKeys.create({ apiKey, maximumPerUser: 100, asking })
        })
        expectEqual(await apiKeysOf(storage, account.user.id), [], rule)
        await expectStripped(storage, account)
      }),
    ],
  ),
  ...needing(
    ['email'],
    [
      raceCase('race: no address change of a session outlives the proof of the address', async (storage, all) => {
        const changes: ReturnType<typeof addressChangeOf>[] = []
        const account = await raceProof(storage, all, (connection, account) => {
          const change = addressChangeOf(account, account.sessions[0].id)
          changes.push(change)
          return connection.oneTimeTokens.issue(change)
        })
        for (const { token } of changes) expectEqual(await findToken(storage, token, account.now), null, rule)
        await expectStripped(storage, account)
      }),
      raceCase('race: an address that a mailed token confirms is not proven by a code, too', async (storage, all) => {
        const account = await storeUnprovenAccount(storage)
        const { user, tokens, code, now } = account
        const { hash } = tokens.confirmEmail
        const answers = await concurrently(
          all,
          (connection, index): Promise<SignInCodeTrial | { readonly outcome: 'confirmed' | 'invalid' | 'stale' }> =>
            index === 7
              ? connection.oneTimeTokens.confirmEmail({ hash, now })
              : connection.signInCodes.tryCode(trialOf(code, { now })),
        )
        const isConfirmed = countOf(answers, 'confirmed') === 1
        const wasProven = answers.some(answer => answer.outcome === 'right' && isProvenNow(answer))
        const once = 'The address is proven once, by the token or by the code'
        expectEqual([isConfirmed, wasProven].filter(Boolean).length, 1, once)
        const asked = isConfirmed ? { ...user, emailConfirmedAt: now } : provenUser(account)
        expectEqual(await storage.users.find({ userId: user.id }), asked, once)
      }),
    ],
  ),
]
