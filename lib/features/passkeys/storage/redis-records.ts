import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { EpochMilliseconds, SessionRecord } from '../../../storage/records.js'
import { joined } from '../../../storage/redis/keys.js'
import { forgottenAfter } from '../../../storage/redis/lifetime.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import type { RedisExpiry } from '../../../storage/redis/redis-purge.js'
import { endSession } from '../../../storage/redis/session-records.js'
import { discardEmailChange } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { ChallengeHash, PasskeyProof, PasskeyRecord, SpentChallenge } from '../port.js'
import { settlePasskey } from '../settle-passkey.js'
import { passkeyKeys } from './redis-keys.js'

/** A use of a passkey: the challenge that it spent, and the session that it proved; `null` for a registration. */
interface PasskeyUse {
  readonly challengeHash: ChallengeHash
  readonly passkeyId: string
  readonly userId: string
  readonly sessionId: string | null
}

export async function readPasskey(transaction: Transaction, passkeyId: string): Promise<PasskeyRecord | null> {
  const text = await transaction.get(passkeyKeys(transaction.keys).passkey(passkeyId))
  return text === null ? null : JSON.parse(text)
}

/** Reads a passkey of any user, in one round trip; `null` if there is none. */
export async function readByCredentialId(
  { keys, follow }: Transaction,
  credentialId: string,
): Promise<PasskeyRecord | null> {
  const { passkey, passkeyIdByCredentialId } = passkeyKeys(keys)
  const [, text] = await follow(passkeyIdByCredentialId(credentialId), [{ key: passkey }])
  return typeof text === 'string' ? JSON.parse(text) : null
}

export async function readPasskeysOf({ keys, list }: Transaction, userId: string): Promise<PasskeyRecord[]> {
  const { passkey, passkeysOf } = passkeyKeys(keys)
  return recordsOf(await list(['ZRANGE', passkeysOf(userId), '0', '-1'], passkey))
}

async function readUsesOf({ keys, list }: Transaction, userId: string): Promise<PasskeyUse[]> {
  const { use, usesOf } = passkeyKeys(keys)
  return recordsOf(await list(['ZRANGE', usesOf(userId), '0', '-1'], use))
}

export function writePasskey({ keys, write }: Transaction, passkey: PasskeyRecord): void {
  write('SET', passkeyKeys(keys).passkey(passkey.id), JSON.stringify(passkey))
}

export function addPasskey(transaction: Transaction, passkey: PasskeyRecord): void {
  const { write } = transaction
  const keys = passkeyKeys(transaction.keys)
  writePasskey(transaction, passkey)
  write('SET', keys.passkeyIdByCredentialId(passkey.credentialId), passkey.id)
  write('ZADD', keys.passkeysOf(passkey.userId), String(passkey.createdAt), passkey.id)
}

export function removePasskey({ keys, write }: Transaction, { id, userId, credentialId }: PasskeyRecord): void {
  const { passkey, passkeyIdByCredentialId, passkeysOf } = passkeyKeys(keys)
  write('DEL', passkey(id))
  write('DEL', passkeyIdByCredentialId(credentialId))
  write('ZREM', passkeysOf(userId), id)
}

export async function isSpent(
  transaction: Transaction,
  { challengeHash }: Pick<SpentChallenge, 'challengeHash'>,
): Promise<boolean> {
  return transaction.exists(passkeyKeys(transaction.keys).use(challengeHash))
}

/** What spends a challenge: a passkey, for a session or for its registration, and when. */
interface Spending {
  readonly passkey: PasskeyRecord
  readonly session: SessionRecord | null
  readonly now: EpochMilliseconds
}

export function spend(
  { keys, write }: Transaction,
  { challengeHash, challengeExpiresAt }: SpentChallenge,
  { passkey, session, now }: Spending,
): void {
  const { use, usesOf, usesByExpiry } = passkeyKeys(keys)
  const { id: passkeyId, userId } = passkey
  const record: PasskeyUse = { challengeHash, passkeyId, userId, sessionId: session?.id ?? null }
  const expiresAt = Math.max(challengeExpiresAt, session?.absoluteExpiresAt ?? 0)
  write('SET', use(challengeHash), JSON.stringify(record), ...forgottenAfter(expiresAt, now))
  write('ZADD', usesOf(userId), '0', challengeHash)
  write('ZADD', usesByExpiry, String(expiresAt), joined(challengeHash, userId))
}

function removeUse({ keys, write }: Transaction, member: string): void {
  const { use, usesOf, usesByExpiry } = passkeyKeys(keys)
  const [challengeHash = '', userId = ''] = member.split('\0')
  write('DEL', use(challengeHash))
  write('ZREM', usesOf(userId), challengeHash)
  write('ZREM', usesByExpiry, member)
}

/** Ends the sessions of the passkey, except one. Returns their ids. */
export async function endSessionsOf(
  transaction: Transaction,
  { id, userId }: PasskeyRecord,
  { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
): Promise<readonly string[]> {
  const stored = new Set(await transaction.ids(transaction.keys.sessionsOf(userId)))
  const used = (await readUsesOf(transaction, userId)).filter(({ passkeyId }) => passkeyId === id)
  const sessionIds = new Set(used.flatMap(({ sessionId }) => sessionId ?? []))
  const ended = [...sessionIds].filter(sessionId => stored.has(sessionId) && sessionId !== exceptSessionId)
  if (ended.length === 0) return []
  await discardEmailChange(transaction, userId, sessionId => sessionId !== null && ended.includes(sessionId))
  for (const sessionId of ended) endSession(transaction, sessionId, userId, now)
  return ended
}

async function checkPasskey(
  transaction: Transaction,
  proof: PasskeyProof,
  { user: { id: userId }, now }: ProofSubject,
): Promise<ProofFinding> {
  if (await isSpent(transaction, proof)) return 'spent'
  const passkey = settlePasskey(await readByCredentialId(transaction, proof.credentialId), proof, { userId, now })
  if (passkey === 'stale') return 'stale'
  return session => {
    spend(transaction, proof, { passkey, session, now })
    writePasskey(transaction, passkey)
  }
}

/** The proof of a passkey. A passkey alone never makes a second factor due. */
export const redisPasskeyProofs: ProofPart<Transaction> = {
  kinds: { passkey: { factor: 'both', check: checkPasskey } },
  async countFirstFactors({ keys, ids }, { id }) {
    return (await ids(passkeyKeys(keys).passkeysOf(id))).length
  },
}

/** How passkeys follow a change of their user. They stay when the user is disabled. */
export const redisPasskeyFollowUp: UserFollowUp<Transaction> = {
  async deleted(transaction, { userId }) {
    for (const passkey of await readPasskeysOf(transaction, userId)) removePasskey(transaction, passkey)
    // Their names, since Redis forgets a use that is never purged.
    for (const challengeHash of await transaction.ids(passkeyKeys(transaction.keys).usesOf(userId)))
      removeUse(transaction, joined(challengeHash, userId))
    return []
  },
  async proven(transaction, { userId }) {
    for (const passkey of await readPasskeysOf(transaction, userId)) removePasskey(transaction, passkey)
    return []
  },
}

/** How uses of passkeys expire. */
export const redisPasskeyUseExpiry: RedisExpiry = {
  find: ({ keys, read }, { now }, page) =>
    read(['ZRANGEBYSCORE', passkeyKeys(keys).usesByExpiry, '-inf', String(now), ...page]),
  remove: removeUse,
}
