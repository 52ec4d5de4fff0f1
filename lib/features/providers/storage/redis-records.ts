import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { recordsOf } from '../../../storage/redis/redis-database.js'
import type { RedisExpiry } from '../../../storage/redis/redis-purge.js'
import { endSession, toSession } from '../../../storage/redis/session-records.js'
import { discardEmailChange } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { IdentityKey, IdentityProof, IdentityRecord } from '../port.js'
import { providerKeys } from './redis-keys.js'

const nameOf = ({ issuer, subject }: IdentityKey) => JSON.stringify([issuer, subject])

/** Reads an identity of any user, in one round trip; `null` if there is none. */
export async function readIdentityWith(
  { keys, follow }: Transaction,
  key: IdentityKey,
): Promise<IdentityRecord | null> {
  const { identity, identityIdByKey } = providerKeys(keys)
  const [, text] = await follow(identityIdByKey(nameOf(key)), [{ key: identity }])
  return typeof text === 'string' ? JSON.parse(text) : null
}

export async function readIdentity(transaction: Transaction, identityId: string): Promise<IdentityRecord | null> {
  const text = await transaction.get(providerKeys(transaction.keys).identity(identityId))
  return text === null ? null : JSON.parse(text)
}

export async function readIdentitiesOf({ keys, list }: Transaction, userId: string): Promise<IdentityRecord[]> {
  const { identity, identitiesOf } = providerKeys(keys)
  return recordsOf(await list(['ZRANGE', identitiesOf(userId), '0', '-1'], identity))
}

export function writeIdentity({ keys, write }: Transaction, identity: IdentityRecord): void {
  write('SET', providerKeys(keys).identity(identity.id), JSON.stringify(identity))
}

export function addIdentity(transaction: Transaction, identity: IdentityRecord): void {
  const { identityIdByKey, identitiesOf } = providerKeys(transaction.keys)
  writeIdentity(transaction, identity)
  transaction.write('SET', identityIdByKey(nameOf(identity)), identity.id)
  transaction.write('ZADD', identitiesOf(identity.userId), String(identity.createdAt), identity.id)
}

export function removeIdentity({ keys, write }: Transaction, removed: IdentityRecord): void {
  const { identity, identityIdByKey, identitiesOf } = providerKeys(keys)
  write('DEL', identity(removed.id))
  write('DEL', identityIdByKey(nameOf(removed)))
  write('ZREM', identitiesOf(removed.userId), removed.id)
}

/** Ends the sessions of the user whose methods include `provider`, except one. */
export async function endProviderSessions(
  transaction: Transaction,
  userId: string,
  { exceptSessionId, now }: { readonly exceptSessionId: string; readonly now: EpochMilliseconds },
): Promise<readonly string[]> {
  const { keys } = transaction
  const entries = await transaction.list(['ZRANGE', keys.sessionsOf(userId), '0', '-1'], keys.session)
  const ended = entries
    .flatMap(({ text }) => (text === null ? [] : [toSession(text)]))
    .filter(({ id, methods }) => id !== exceptSessionId && methods.includes('provider'))
    .map(({ id }) => id)
  if (ended.length === 0) return []
  await discardEmailChange(transaction, userId, sessionId => sessionId !== null && ended.includes(sessionId))
  for (const sessionId of ended) endSession(transaction, sessionId, userId, now)
  return ended
}

async function checkIdentity(
  transaction: Transaction,
  proof: IdentityProof,
  { user, now }: ProofSubject,
): Promise<ProofFinding> {
  const identity = await readIdentityWith(transaction, proof)
  if (identity?.userId !== user.id) return 'stale'
  return () => writeIdentity(transaction, { ...identity, lastUsedAt: now })
}

/** The proof of an identity. */
export const redisIdentityProofs: ProofPart<Transaction> = {
  kinds: { identity: { factor: 'first', check: checkIdentity } },
  async countFirstFactors({ keys, ids }, { id }) {
    return (await ids(providerKeys(keys).identitiesOf(id))).length
  },
}

async function removeAll(
  transaction: Transaction,
  { userId }: { readonly userId: string },
): Promise<readonly string[]> {
  for (const identity of await readIdentitiesOf(transaction, userId)) removeIdentity(transaction, identity)
  return []
}

/** How identities follow a change of their user. They stay when the user is disabled. */
export const redisIdentityFollowUp: UserFollowUp<Transaction> = { deleted: removeAll, proven: removeAll }

/** Removes a flow and its index entry. */
export function removeFlow({ keys, write }: Transaction, flowId: string): void {
  const { flow, flowsByExpiry } = providerKeys(keys)
  write('DEL', flow(flowId))
  write('ZREM', flowsByExpiry, flowId)
}

/** How sign-ins at providers that are under way expire. */
export const redisProviderFlowExpiry: RedisExpiry = {
  find: ({ keys, read }, { now }, page) =>
    read(['ZRANGEBYSCORE', providerKeys(keys).flowsByExpiry, '-inf', String(now), ...page]),
  remove: removeFlow,
}
