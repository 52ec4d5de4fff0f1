import type { ProofFinding, ProofPart, ProofSubject } from '../../../storage/proof-part.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import { joined } from '../../../storage/redis/keys.js'
import { forgottenAfter, isLive } from '../../../storage/redis/lifetime.js'
import type { RedisExpiry } from '../../../storage/redis/redis-purge.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import type { UserFollowUp } from '../../../storage/user-follow-up.js'
import type { EmailCodeProof, SignInCodeRecord } from '../port.js'
import { signInCodeKeys } from './redis-keys.js'

type NamedCode = Pick<SignInCodeRecord, 'id' | 'email' | 'userId'>

/** An index entry holds enough to remove the code without reading its record, which Redis may have forgotten. */
const memberOf = ({ id, email, userId }: NamedCode) => joined(id, email, userId ?? '')

/** Returns the code that a text of Redis is, if it is live. */
export function toLiveCode(text: string | null | undefined, now: EpochMilliseconds): SignInCodeRecord | null {
  const code: SignInCodeRecord | null = typeof text === 'string' ? JSON.parse(text) : null
  return code !== null && code.triesLeft > 0 && isLive(code, now) ? code : null
}

export async function readLiveCode(
  transaction: Transaction,
  codeId: string,
  now: EpochMilliseconds,
): Promise<SignInCodeRecord | null> {
  return toLiveCode(await transaction.get(signInCodeKeys(transaction.keys).code(codeId)), now)
}

export function writeCode({ keys, write }: Transaction, code: SignInCodeRecord, now: EpochMilliseconds): void {
  write('SET', signInCodeKeys(keys).code(code.id), JSON.stringify(code), ...forgottenAfter(code.expiresAt, now))
}

/** Writes a new code and its index entries. They are kept until the code is replaced, consumed or purged. */
export function addCode(transaction: Transaction, code: SignInCodeRecord): void {
  const { keys, write } = transaction
  const { codeByEmail, codesOf, codesByExpiry } = signInCodeKeys(keys)
  const { id, email, userId, createdAt, expiresAt } = code
  writeCode(transaction, code, createdAt)
  write('SET', codeByEmail(email), JSON.stringify({ id, email, userId } satisfies NamedCode))
  write('ZADD', codesByExpiry, String(expiresAt), memberOf(code))
  if (userId !== null) write('ZADD', codesOf(userId), '0', memberOf(code))
}

/** Removes the code of an index entry. */
function removeMember({ keys, write }: Transaction, member: string): void {
  const { code, codeByEmail, codesOf, codesByExpiry } = signInCodeKeys(keys)
  const [id = '', email = '', userId = ''] = member.split('\0')
  write('DEL', code(id))
  write('DEL', codeByEmail(email))
  write('ZREM', codesByExpiry, member)
  if (userId !== '') write('ZREM', codesOf(userId), member)
}

/** Removes nothing. Takes a round trip, as writing a wrong try does: its time must not reveal what became of a code. */
export function removeNoCode({ keys, write }: Transaction): void {
  write('ZREM', signInCodeKeys(keys).codesByExpiry, '')
}

/** Removes the code of this address, if there is one. */
export async function removeCodeOf(transaction: Transaction, email: string): Promise<void> {
  const text = await transaction.get(signInCodeKeys(transaction.keys).codeByEmail(email))
  if (text !== null) removeMember(transaction, memberOf(JSON.parse(text)))
}

async function checkCode(
  transaction: Transaction,
  { codeId, hash }: EmailCodeProof,
  { user, now }: ProofSubject,
): Promise<ProofFinding> {
  const code = await readLiveCode(transaction, codeId, now)
  if (code === null || code.hash !== hash || code.email !== user.email) return 'stale'
  return () => removeMember(transaction, memberOf(code))
}

/** The proof of a mailed code. */
export const redisEmailCodeProofs: ProofPart<Transaction> = {
  kinds: { emailCode: { factor: 'first', check: checkCode } },
}

/** How mailed codes follow a change of their user. */
export const redisSignInCodeFollowUp: UserFollowUp<Transaction> = {
  async deleted(transaction, { userId }) {
    for (const member of await transaction.ids(signInCodeKeys(transaction.keys).codesOf(userId)))
      removeMember(transaction, member)
    return []
  },
}

/** How mailed codes expire. */
export const redisSignInCodeExpiry: RedisExpiry = {
  find: ({ keys, read }, { now }, page) =>
    read(['ZRANGEBYSCORE', signInCodeKeys(keys).codesByExpiry, '-inf', String(now), ...page]),
  remove: removeMember,
}
