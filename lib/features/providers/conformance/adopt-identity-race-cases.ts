import type { Storage } from '../../../composition/storage.js'
import { openingOf, rotationOf } from '../../../conformance/account-requests.js'
import { apiKeysOf } from '../../../conformance/account-state.js'
import { type ConformanceCase, needing } from '../../../conformance/conformance-case.js'
import { expectEqual, expectOutcome, sorted } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomApiKey, randomPasswordHash } from '../../../conformance/random-records.js'
import { inFeedOrder, revocationsOf, sessionLine } from '../../../conformance/revocation-feed.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import { strippedUser } from '../../../conformance/stripped-account.js'
import type { AdoptIdentity, IdentityAdoption } from '../port.js'
import {
  adoptionOf,
  expectIdentities,
  identityProofOf,
  idsOfSessions,
  linkOf,
  signInOf,
  storeIdentityAccount,
} from './identity-account.js'

type Outcome = Promise<{ readonly outcome: string }>

const rule = 'What the account of an unproven address has, or gets by what it had, does not outlive the proof'

/** A call of the client that had created the account. */
type Attempt<Of> = (connection: Storage, account: Of) => Outcome

/** Adopts an account with an unproven address among such calls. Checks that only the new identity is left. */
async function raceAdoption<Of extends Account>(
  storage: Storage,
  all: readonly Storage[],
  account: Of,
  attempt: Attempt<Of>,
): Promise<void> {
  const request = adoptionOf(account)
  const answers = await concurrently(
    all,
    (connection, index): Outcome => (index === 7 ? connection.identities.adopt(request) : attempt(connection, account)),
  )
  expectEqual(answers[7]?.outcome, 'linked', 'The provider proves the address')
  expectEqual(await idsOfSessions(storage, account), [], rule)
  await expectIdentities(storage, account, [request.identity], rule)
  const user = await storage.users.find({ userId: account.user.id })
  // A sign-in that preceded the proof has left its instant.
  expectEqual({ ...user, lastSignInAt: null }, { ...strippedUser(account), lastSignInAt: null }, rule)
}

const isProvenNow = (answer: IdentityAdoption) => answer.outcome === 'linked' && answer.isProvenNow

/** Cases for an account that is adopted during other calls. */
export const adoptIdentityRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty adoptions by one identity exactly one is linked', async (storage, all) => {
    const account = await storeAccount(storage)
    const request = adoptionOf(account, { mayLinkProven: true })
    const answers = await concurrently(all, connection => connection.identities.adopt(request))
    const once = 'An identity is stored once'
    expectEqual([countOf(answers, 'linked'), countOf(answers, 'identityTaken')], [1, answers.length - 1], once)
    await expectIdentities(storage, account, [request.identity], once)
  }),
  raceCase('race: of twenty identities exactly one proves the address, and each is stored', async (storage, all) => {
    const account = await storeAccount(storage)
    const { sessions, now } = account
    const requests: AdoptIdentity[] = []
    const answers = await concurrently(all, connection => {
      const request = adoptionOf(account, { mayLinkProven: true })
      requests.push(request)
      return connection.identities.adopt(request)
    })
    const once = 'Exactly one call removes what the account had, and all others find a proven address'
    expectEqual([countOf(answers, 'linked'), answers.filter(isProvenNow).length], [answers.length, 1], once)
    const ids = sessions.map(({ id }) => id)
    const revoked = answers.flatMap(answer => expectOutcome(answer, 'linked', once).revokedSessionIds)
    expectEqual(sorted(revoked), sorted(ids), once)
    const lines = inFeedOrder(sessions.map(session => sessionLine(session, now)))
    expectEqual(await revocationsOf(storage, ids, now), lines, 'Each session is recorded in the feed once')
    const listed = await storage.identities.list({ userId: account.user.id })
    const kept = requests.map(({ identity }) => identity.id)
    expectEqual(sorted(listed.map(({ id }) => id)), sorted(kept), 'No proof removes the identity of its owner')
  }),
  raceCase('race: without mayLinkProven exactly one of twenty identities is linked', async (storage, all) => {
    const account = await storeAccount(storage)
    const answers = await concurrently(all, connection => connection.identities.adopt(adoptionOf(account)))
    const once = 'After the first proof the address is proven'
    expectEqual([countOf(answers, 'linked'), countOf(answers, 'refused')], [1, answers.length - 1], once)
    expectEqual((await storage.identities.list({ userId: account.user.id })).length, 1, once)
  }),
  raceCase('race: no sign-in with the password outlives an adoption', async (storage, all) => {
    const account = await storeAccount(storage)
    await raceAdoption(storage, all, account, ({ sessions }, account) => sessions.open(openingOf(account)))
  }),
  raceCase('race: no sign-in with an identity of before outlives an adoption', async (storage, all) => {
    const account = await storeIdentityAccount(storage)
    await raceAdoption(storage, all, account, ({ sessions }, account) =>
      sessions.open(signInOf(account, [identityProofOf(account.identities[0])])),
    )
  }),
  raceCase('race: no refreshed session outlives an adoption', async (storage, all) => {
    const account = await storeAccount(storage)
    await raceAdoption(storage, all, account, ({ sessions }, account) => sessions.rotate(rotationOf(account)))
  }),
  raceCase('race: no identity that a session links outlives an adoption', async (storage, all) => {
    const account = await storeAccount(storage)
    await raceAdoption(storage, all, account, ({ identities }, account) => identities.link(linkOf(account)))
  }),
  raceCase('race: an account that is deleted while it is adopted leaves no identity', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, now } = account
    const requests: AdoptIdentity[] = []
    const answers = await concurrently(all, (connection, index): Outcome => {
      if (index === 7) return connection.users.delete({ userId: user.id, now })
      const request = adoptionOf(account, { mayLinkProven: true })
      requests.push(request)
      return connection.identities.adopt(request)
    })
    const gone = 'An adoption either precedes the deletion and is removed, or follows it and is stale'
    const counts = ['deleted', 'linked', 'stale'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], gone)
    await expectIdentities(storage, account, [], gone)
    for (const { identity } of requests) expectEqual(await storage.identities.find(identity), null, gone)
  }),
  ...needing(
    ['api-keys'],
    [
      raceCase('race: no API key of a session outlives an adoption', async (storage, all) => {
        const account = await storeAccount(storage)
        await raceAdoption(storage, all, account, ({ apiKeys }, { user, sessions, now }) => {
          const asking = { sessionId: sessions[0].id, now }
          return apiKeys.create({ apiKey: randomApiKey(user), maximumPerUser: 100, asking })
        })
        expectEqual(await apiKeysOf(storage, account.user.id), [], rule)
      }),
    ],
  ),
  ...needing(
    ['email'],
    [
      raceCase('race: of a password reset and an adoption one proves the address', async (storage, all) => {
        const account = await storeAccount(storage)
        const { user, tokens, now } = account
        const newHash = randomPasswordHash()
        const reset = { hash: tokens.resetPassword.hash, now, newHash, messages: [] }
        const answers = await concurrently(
          all,
          (connection, index): Outcome =>
            index % 10 === 7
              ? connection.oneTimeTokens.resetPassword(reset)
              : connection.identities.adopt(adoptionOf(account)),
        )
        const counts = ['reset', 'linked'].map(outcome => countOf(answers, outcome))
        const once = 'The address is proven once: the other call finds a used token, or a proven address'
        expectEqual(counts[0] === 1, counts[1] === 0, once)
        const stored = await storage.users.find({ userId: user.id })
        const isReset = stored?.passwordHash === newHash
        expectEqual([isReset, stored?.passwordHash === null], [counts[0] === 1, counts[0] === 0], once)
        const listed = await storage.identities.list({ userId: user.id })
        expectEqual([listed.length, await idsOfSessions(storage, account)], [counts[1], []], once)
      }),
    ],
  ),
]
