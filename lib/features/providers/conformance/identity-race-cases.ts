import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual, sorted } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase } from '../../../conformance/race.js'
import { randomPasswordHash, randomUser } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { IdentityRecord } from '../port.js'
import {
  expectIdentities,
  type IdentityAccount,
  identityProofOf,
  idsOfSessions,
  linkOf,
  openWith,
  randomIdentity,
  signInOf,
  signUpWith,
  storeIdentity,
  storeIdentityAccount,
  storePasswordlessAccount,
} from './identity-account.js'
import { unlinkOf } from './unlink-identity-cases.js'

type Outcome = Promise<{ readonly outcome: string }>

/** Signs in with the identity, or reauthenticates the second session with it. */
function useOf(connection: Storage, account: IdentityAccount, identity: IdentityRecord, index: number): Outcome {
  const proofs = [identityProofOf(identity)]
  if (index % 4 > 0) return connection.sessions.open(signInOf(account, proofs))
  const sessionId = account.sessions[1].id
  return connection.sessions.reauthenticate(reauthenticationOf(account, { sessionId, proofs, methods: ['provider'] }))
}

const signUpRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty sign-ups with one identity exactly one is created', async (storage, all) => {
    const { issuer, subject } = randomIdentity(randomUser())
    const answers = await concurrently(all, async connection => {
      const user = { ...randomUser(), passwordHash: null }
      const identity = randomIdentity(user, { issuer, subject })
      return { identity, ...(await connection.identities.signUp(signUpWith(user, { identity }))) }
    })
    const rule = 'An identity has one user'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'identityTaken')], [1, answers.length - 1], rule)
    const created = answers.find(({ outcome }) => outcome === 'created')?.identity
    expectEqual(await storage.identities.find({ issuer, subject }), created, rule)
    for (const { identity } of answers) {
      const user = await storage.users.find({ userId: identity.userId })
      expectEqual(user !== null, identity === created, 'A refused sign-up leaves no user')
    }
  }),
  raceCase('race: of twenty sign-ups of identities with one address exactly one is created', async (storage, all) => {
    const { email } = randomUser()
    const answers = await concurrently(all, async connection => {
      const user = { ...randomUser({ email }), passwordHash: null }
      const request = signUpWith(user)
      return { request, ...(await connection.identities.signUp(request)) }
    })
    const rule = 'An address has one user, and a refused sign-up leaves no identity'
    expectEqual([countOf(answers, 'created'), countOf(answers, 'emailTaken')], [1, answers.length - 1], rule)
    for (const { request, outcome } of answers) {
      const { user, identity } = request
      const asked = outcome === 'created' ? [user, identity] : [null, null]
      const found = [await storage.users.find({ userId: user.id }), await storage.identities.find(identity)]
      expectEqual(found, asked, rule)
    }
  }),
  raceCase('race: an identity that signs up while another user links it has one user', async (storage, all) => {
    const account = await storeAccount(storage)
    const { issuer, subject } = randomIdentity(account.user)
    const answers = await concurrently(all, async (connection, index): Promise<{ id: string; outcome: string }> => {
      if (index % 4 < 2) {
        const identity = randomIdentity(account.user, { issuer, subject })
        return { id: identity.id, ...(await connection.identities.link(linkOf(account, { identity }))) }
      }
      const user = { ...randomUser(), passwordHash: null }
      const identity = randomIdentity(user, { issuer, subject })
      return { id: identity.id, ...(await connection.identities.signUp(signUpWith(user, { identity }))) }
    })
    const stored = answers.filter(({ outcome }) => outcome === 'created' || outcome === 'linked')
    const rule = 'An identity is stored once'
    const found = await storage.identities.find({ issuer, subject })
    expectEqual(
      stored.map(({ id }) => id),
      [found?.id],
      rule,
    )
    const others = countOf(answers, 'identityTaken') + countOf(answers, 'present')
    expectEqual(others, answers.length - 1, rule)
  }),
]

const linkRaceCases: readonly ConformanceCase[] = [
  raceCase('race: of twenty requests of two users to link one identity exactly one is linked', async (storage, all) => {
    const accounts = [await storeAccount(storage), await storeAccount(storage)] as const
    const { issuer, subject } = randomIdentity(accounts[0].user)
    const answers = await concurrently(all, async (connection, index) => {
      const account = accounts[Math.floor(index / 2) % 2 === 0 ? 0 : 1]
      const identity = randomIdentity(account.user, { issuer, subject })
      return { identity, ...(await connection.identities.link(linkOf(account, { identity }))) }
    })
    const rule = 'Exactly one call stores the identity; its user finds it present, and the other user taken'
    const counts = ['linked', 'present', 'identityTaken'].map(outcome => countOf(answers, outcome))
    expectEqual(counts, [1, 9, 10], rule)
    const linked = answers.filter(({ outcome }) => outcome === 'linked').map(({ identity }) => identity)
    expectEqual([await storage.identities.find({ issuer, subject })], linked, rule)
    const lists = await Promise.all(accounts.map(({ user }) => storage.identities.list({ userId: user.id })))
    expectEqual(lists.flat(), linked, rule)
  }),
  raceCase('race: twenty linked identities never exceed maximumPerUser', async (storage, all) => {
    const account = await storeAccount(storage)
    const answers = await concurrently(all, connection =>
      connection.identities.link(linkOf(account, { maximumPerUser: 3 })),
    )
    const rule = 'The limit holds for concurrent calls'
    expectEqual([countOf(answers, 'linked'), countOf(answers, 'limitReached')], [3, answers.length - 3], rule)
    expectEqual((await storage.identities.list({ userId: account.user.id })).length, 3, rule)
  }),
]

const unlinkRaceCases: readonly ConformanceCase[] = [
  raceCase('race: two identities of a user without a password are never removed together', async (storage, all) => {
    const account = await storePasswordlessAccount(storage)
    const identities = [await storeIdentity(storage, account), await storeIdentity(storage, account)] as const
    const answers = await concurrently(all, async (connection, index) => {
      const identity = identities[Math.floor(index / 2) % 2 === 0 ? 0 : 1]
      return { identity, ...(await connection.identities.unlink(unlinkOf(account, identity))) }
    })
    const rule = 'One way to sign in stays'
    const refused = countOf(answers, 'unknown') + countOf(answers, 'lastSignInMethod')
    expectEqual([countOf(answers, 'unlinked'), refused], [1, answers.length - 1], rule)
    const removed = answers.find(({ outcome }) => outcome === 'unlinked')?.identity.id
    const left = identities.filter(({ id }) => id !== removed)
    await expectIdentities(storage, account, left, rule)
    for (const identity of left) await openWith(storage, account, identity)
  }),
  raceCase('race: no session that was proved with an identity outlives its removal', async (storage, all) => {
    const account = await storeIdentityAccount(storage)
    const [identity, other] = account.identities
    const [first, proved, third] = account.sessions
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.identities.unlink(unlinkOf(account, identity))
          : useOf(connection, account, identity, index),
    )
    const rule = 'A use either precedes the removal and its session ends, or follows it and is stale'
    const counts = ['unlinked', 'opened', 'reauthenticated', 'stale', 'sessionEnded'].map(one => countOf(answers, one))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    const left = await idsOfSessions(storage, account)
    expectEqual(sorted(left.filter(id => id !== proved.id)), sorted([first.id, third.id]), rule)
    expectEqual(left.includes(proved.id), countOf(answers, 'reauthenticated') === 0, rule)
    await expectIdentities(storage, account, [other], rule)
  }),
  raceCase('race: of twenty removals of one identity exactly one removes it', async (storage, all) => {
    const account = await storeIdentityAccount(storage)
    const { session, identity } = await openWith(storage, account, account.identities[0])
    const answers = await concurrently(all, connection => connection.identities.unlink(unlinkOf(account, identity)))
    const rule = 'Exactly one call removes the identity and ends its sessions, and all others get unknown'
    expectEqual([countOf(answers, 'unlinked'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const ended = answers.flatMap(answer => (answer.outcome === 'unlinked' ? answer.revokedSessionIds : []))
    expectEqual(ended, [session.id], rule)
  }),
]

const userRaceCases: readonly ConformanceCase[] = [
  raceCase('race: no identity that is linked during a deletion outlives its user', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, now } = account
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7 ? connection.users.delete({ userId: user.id, now }) : connection.identities.link(linkOf(account)),
    )
    const rule = 'An identity either precedes the deletion and is removed, or follows it and is refused'
    const counts = ['deleted', 'linked', 'sessionEnded'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    await expectIdentities(storage, account, [], rule)
  }),
  {
    ...raceCase('race: no identity of an unconfirmed user outlives a password reset', async (storage, all) => {
      const account = await storeAccount(storage)
      const { tokens, now } = account
      const request = { hash: tokens.resetPassword.hash, now, newHash: randomPasswordHash(), messages: [] }
      await concurrently(
        all,
        (connection, index): Outcome =>
          index === 7 ? connection.oneTimeTokens.resetPassword(request) : connection.identities.link(linkOf(account)),
      )
      const rule = 'Identities of an unproven address are removed, and none is added by an ended session'
      await expectIdentities(storage, account, [], rule)
    }),
    features: ['email'],
  },
]

/** Cases for identities that are stored and removed during other calls. */
export const identityRaceCases: readonly ConformanceCase[] = [
  ...signUpRaceCases,
  ...linkRaceCases,
  ...unlinkRaceCases,
  ...userRaceCases,
]
