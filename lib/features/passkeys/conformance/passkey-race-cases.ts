import type { Storage } from '../../../composition/storage.js'
import { reauthenticationOf } from '../../../conformance/account-requests.js'
import type { ConformanceCase } from '../../../conformance/conformance-case.js'
import { expectEqual } from '../../../conformance/contract.js'
import { concurrently, countOf, raceCase, racers } from '../../../conformance/race.js'
import { randomPasswordHash } from '../../../conformance/random-records.js'
import { storeAccount } from '../../../conformance/stored-records.js'
import type { PasskeyRecord } from '../port.js'
import {
  expectPasskeys,
  openWith,
  type PasskeyAccount,
  passkeyProofOf,
  randomPasskey,
  registrationOf,
  type SignedInUser,
  signInOf,
  storePasskey,
  storePasskeyAccount,
  storePasswordlessAccount,
} from './passkey-account.js'
import { removalOf } from './remove-passkey-cases.js'

type Outcome = Promise<{ readonly outcome: string }>

async function idsOfSessions({ sessions }: Storage, { user, now }: SignedInUser): Promise<readonly string[]> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  return items.map(({ id }) => id)
}

/** Signs in with the passkey, or reauthenticates a session with it: another challenge and counter for each index. */
function useOf(connection: Storage, account: PasskeyAccount, passkey: PasskeyRecord, index: number): Outcome {
  const proofs = [passkeyProofOf(passkey, { counter: passkey.counter + 1 + index })]
  if (index % 4 > 0) return connection.sessions.open(signInOf(account, proofs))
  const sessionId = account.sessions[1].id
  return connection.sessions.reauthenticate(reauthenticationOf(account, { sessionId, proofs, methods: ['passkey'] }))
}

/** Cases for storing, renaming and removing passkeys during other calls. */
export const passkeyRaceCases: readonly ConformanceCase[] = [
  raceCase(
    'race: of twenty registrations of one credential id by two users one is registered',
    async (storage, all) => {
      const accounts = [await storeAccount(storage), await storeAccount(storage)] as const
      const { credentialId } = randomPasskey(accounts[0].user)
      const answers = await concurrently(all, async (connection, index) => {
        const account = accounts[Math.floor(index / 2) % 2 === 0 ? 0 : 1]
        const passkey = randomPasskey(account.user, { credentialId })
        return { passkey, ...(await connection.passkeys.register(registrationOf(account, { passkey }))) }
      })
      const rule = 'Exactly one call stores the credential id, and all others get taken'
      expectEqual([countOf(answers, 'registered'), countOf(answers, 'taken')], [1, answers.length - 1], rule)
      const registered = answers.filter(({ outcome }) => outcome === 'registered').map(({ passkey }) => passkey)
      expectEqual([await storage.passkeys.findByCredentialId({ credentialId })], registered, rule)
      const lists = await Promise.all(accounts.map(({ user }) => storage.passkeys.list({ userId: user.id })))
      expectEqual(lists.flat(), registered, rule)
    },
  ),
  raceCase('race: of twenty registrations with one challenge one is registered', async (storage, all) => {
    const accounts = [await storeAccount(storage), await storeAccount(storage)] as const
    const { challengeHash } = registrationOf(accounts[0])
    const answers = await concurrently(all, (connection, index) =>
      connection.passkeys.register(registrationOf(accounts[index % 4 < 2 ? 0 : 1], { challengeHash })),
    )
    const rule = 'A challenge is valid once, for all users together'
    expectEqual([countOf(answers, 'registered'), countOf(answers, 'spent')], [1, answers.length - 1], rule)
    const lists = await Promise.all(accounts.map(({ user }) => storage.passkeys.list({ userId: user.id })))
    expectEqual(lists.flat().length, 1, rule)
  }),
  raceCase('race: twenty registrations never exceed maximumPerUser', async (storage, all) => {
    const account = await storeAccount(storage)
    const answers = await concurrently(all, connection =>
      connection.passkeys.register(registrationOf(account, { maximumPerUser: 3 })),
    )
    const rule = 'The limit holds for concurrent calls'
    expectEqual([countOf(answers, 'registered'), countOf(answers, 'limitReached')], [3, answers.length - 3], rule)
    expectEqual((await storage.passkeys.list({ userId: account.user.id })).length, 3, rule)
  }),
  raceCase('race: two passkeys of a user without a password are never removed together', async (storage, all) => {
    const account = await storePasswordlessAccount(storage)
    const passkeys = [await storePasskey(storage, account), await storePasskey(storage, account)] as const
    const answers = await concurrently(all, async (connection, index) => {
      const passkey = passkeys[Math.floor(index / 2) % 2 === 0 ? 0 : 1]
      return { passkey, ...(await connection.passkeys.remove(removalOf(account, passkey))) }
    })
    const rule = 'One way to sign in stays'
    const refused = countOf(answers, 'unknown') + countOf(answers, 'lastSignInMethod')
    expectEqual([countOf(answers, 'removed'), refused], [1, answers.length - 1], rule)
    const removed = answers.find(({ outcome }) => outcome === 'removed')?.passkey.id
    const left = passkeys.filter(({ id }) => id !== removed)
    await expectPasskeys(storage, account, left, rule)
    for (const passkey of left) await openWith(storage, account, passkey)
  }),
  raceCase('race: no session that was proved with a passkey outlives its removal', async (storage, all) => {
    const account = await storePasskeyAccount(storage)
    const [passkey, other] = account.passkeys
    const [first, proved, third] = account.sessions
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.passkeys.remove(removalOf(account, passkey))
          : useOf(connection, account, passkey, index),
    )
    const rule = 'A use either precedes the removal and its session ends, or follows it and is stale'
    const counts = ['removed', 'opened', 'reauthenticated', 'stale'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    const left = await idsOfSessions(storage, account)
    const kept = [first, third].map(({ id }) => id)
    expectEqual(left.filter(id => id !== proved.id).sort(), kept.sort(), rule)
    expectEqual(left.includes(proved.id), countOf(answers, 'reauthenticated') === 0, rule)
    await expectPasskeys(storage, account, [other], rule)
  }),
  raceCase(
    'race: a session that is proved during passkeys.endSessions ends or is opened after it',
    async (storage, all) => {
      const account = await storePasskeyAccount(storage)
      const { user, now } = account
      const [passkey] = account.passkeys
      const request = { passkeyId: passkey.id, userId: user.id, now, messages: [] }
      const answers = await concurrently(all, async (connection, index) => {
        if (index === 7) return { outcome: 'ended', ...(await connection.passkeys.endSessions(request)) }
        const sign = signInOf(account, [passkeyProofOf(passkey, { counter: passkey.counter + 1 + index })])
        return { ...(await connection.sessions.open(sign)), sessionId: sign.session.id }
      })
      const opened = answers.flatMap(answer =>
        answer.outcome === 'opened' && 'sessionId' in answer ? [answer.sessionId] : [],
      )
      const ended = answers.flatMap(answer => (answer.outcome === 'ended' ? answer.revokedSessionIds : []))
      const rule = 'Each session that is opened is live or ended'
      const asked = [...account.sessions.map(({ id }) => id), ...opened.filter(id => !ended.includes(id))]
      expectEqual([...(await idsOfSessions(storage, account))].sort(), asked.sort(), rule)
      expectEqual(
        ended.filter(id => !opened.includes(id)),
        [],
        rule,
      )
      const later = await storage.passkeys.endSessions(request)
      expectEqual([...ended, ...later.revokedSessionIds].sort(), opened.sort(), 'No session loses its passkey')
    },
  ),
  raceCase('race: a passkey that is renamed during its removal is removed', async (storage, all) => {
    const account = await storePasskeyAccount(storage)
    const { user, sessions, passkeys, now } = account
    const [{ id: passkeyId, credentialId }, other] = passkeys
    const asking = { sessionId: sessions[0].id, now }
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.passkeys.remove(removalOf(account, { id: passkeyId }))
          : connection.passkeys.rename({ passkeyId, userId: user.id, name: `name ${index}`, asking }),
    )
    const rule = 'A new name either precedes the removal, or follows it and is unknown'
    const counts = ['removed', 'renamed', 'unknown'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    await expectPasskeys(storage, account, [other], rule)
    expectEqual(await storage.passkeys.findByCredentialId({ credentialId }), null, rule)
  }),
  raceCase(
    'race: a passkey that is used while it is renamed has the new name and the new counter',
    async (storage, all) => {
      for (const position of [7, racers - 1]) {
        const account = await storePasskeyAccount(storage)
        const { user, sessions, passkeys, now } = account
        const [passkey, other] = passkeys
        const asking = { sessionId: sessions[0].id, now }
        const request = { passkeyId: passkey.id, userId: user.id, name: 'A new name', asking }
        const use = signInOf(account, [passkeyProofOf(passkey, { counter: 50 })])
        const answers = await concurrently(
          all,
          (connection, index): Outcome =>
            index === position ? connection.sessions.open(use) : connection.passkeys.rename(request),
        )
        const rule = 'Neither call overwrites what the other has written'
        expectEqual([countOf(answers, 'opened'), countOf(answers, 'renamed')], [1, answers.length - 1], rule)
        const asked = { ...passkey, name: 'A new name', counter: 50, lastUsedAt: now }
        await expectPasskeys(storage, account, [asked, other], rule)
      }
    },
  ),
  raceCase('race: of twenty removals of one passkey exactly one is removed', async (storage, all) => {
    const account = await storePasskeyAccount(storage)
    const { session, passkey } = await openWith(storage, account, account.passkeys[0])
    const answers = await concurrently(all, connection => connection.passkeys.remove(removalOf(account, passkey)))
    const rule = 'Exactly one call removes the passkey and ends its sessions, and all others get unknown'
    expectEqual([countOf(answers, 'removed'), countOf(answers, 'unknown')], [1, answers.length - 1], rule)
    const ended = answers.flatMap(answer => (answer.outcome === 'removed' ? answer.revokedSessionIds : []))
    expectEqual(ended, [session.id], rule)
  }),
  raceCase('race: no passkey that is registered during a deletion outlives its user', async (storage, all) => {
    const account = await storeAccount(storage)
    const { user, now } = account
    const answers = await concurrently(
      all,
      (connection, index): Outcome =>
        index === 7
          ? connection.users.delete({ userId: user.id, now })
          : connection.passkeys.register(registrationOf(account)),
    )
    const rule = 'A passkey either precedes the deletion and is removed, or follows it and is refused'
    const counts = ['deleted', 'registered', 'sessionEnded'].map(outcome => countOf(answers, outcome))
    expectEqual([counts[0], counts.reduce((sum, count) => sum + count)], [1, answers.length], rule)
    await expectPasskeys(storage, account, [], rule)
  }),
  {
    ...raceCase('race: no passkey of an unconfirmed user outlives a password reset', async (storage, all) => {
      const account = await storeAccount(storage)
      const { tokens, now } = account
      const request = { hash: tokens.resetPassword.hash, now, newHash: randomPasswordHash(), messages: [] }
      await concurrently(
        all,
        (connection, index): Outcome =>
          index === 7
            ? connection.oneTimeTokens.resetPassword(request)
            : connection.passkeys.register(registrationOf(account)),
      )
      const rule = 'Passkeys of an unproven address are removed, and none is added by an ended session'
      await expectPasskeys(storage, account, [], rule)
    }),
    features: ['email'],
  },
]
