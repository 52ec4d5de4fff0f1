import type { OneTimeTokenPurpose, OneTimeTokenRecord } from '../records.js'
import { joined } from './keys.js'
import { forgottenAfter } from './lifetime.js'
import type { Transaction } from './transaction.js'

type NamedToken = Pick<OneTimeTokenRecord, 'hash' | 'userId' | 'purpose'>

export function toToken(text: string): OneTimeTokenRecord {
  return JSON.parse(text) as OneTimeTokenRecord
}

const expiryMember = ({ hash, userId, purpose }: NamedToken) => joined(hash, userId, purpose)

export function removeToken({ keys, write }: Transaction, token: NamedToken): void {
  write('DEL', keys.token(token.hash))
  write('DEL', keys.tokenHashOf(token.userId, token.purpose))
  write('ZREM', keys.tokensByExpiry, expiryMember(token))
}

/** Removes the token of an entry of the expiry index. */
export function removeExpiredToken(transaction: Transaction, member: string): void {
  const [hash, userId, purpose] = member.split('\0')
  removeToken(transaction, { hash, userId, purpose } as NamedToken)
}

/** Removes the user's one-time tokens of these purposes. */
export async function discardTokens(
  transaction: Transaction,
  userId: string,
  purposes: readonly OneTimeTokenPurpose[] = ['confirmEmail', 'resetPassword', 'changeEmail'],
): Promise<void> {
  const discard = async (purpose: OneTimeTokenPurpose) => {
    const hash = await transaction.get(transaction.keys.tokenHashOf(userId, purpose))
    if (hash !== null) removeToken(transaction, { hash, userId, purpose } as NamedToken)
  }
  await Promise.all(purposes.map(discard))
}

/** Removes the user's pending address change if one of the given sessions requested it. */
export async function discardEmailChange(
  transaction: Transaction,
  userId: string,
  isMeant: (sessionId: string | null) => boolean,
): Promise<void> {
  const { keys } = transaction
  const [, text] = await transaction.follow(keys.tokenHashOf(userId, 'changeEmail'), [{ key: keys.token }])
  const token = typeof text === 'string' ? toToken(text) : null
  if (token !== null && isMeant(token.sessionId)) removeToken(transaction, token)
}

/** Returns the keys that must be read, in this order, before `writeToken`. */
export function keysOfToken({ keys }: Transaction, { hash, userId, purpose }: NamedToken): [string, string] {
  return [keys.tokenHashOf(userId, purpose), keys.token(hash)]
}

/**
 * Stores the token, replacing the user's token of the same purpose.
 * @param superseded The hash of the replaced token, or `null`.
 * @param present The text of an existing token with the same hash, or `null`.
 * @throws {Error} Another token has this hash. Nothing is written then.
 */
export function writeToken(
  transaction: Transaction,
  token: OneTimeTokenRecord,
  [superseded = null, present = null]: readonly (string | null)[],
): void {
  const { keys, write } = transaction
  const { hash, userId, purpose, createdAt, expiresAt } = token
  if (present !== null && superseded !== hash) throw new Error('Another token has this hash')
  if (superseded !== null) removeToken(transaction, { hash: superseded, userId, purpose } as NamedToken)
  write('SET', keys.token(hash), JSON.stringify(token), ...forgottenAfter(expiresAt, createdAt))
  write('SET', keys.tokenHashOf(userId, purpose), hash)
  write('ZADD', keys.tokensByExpiry, String(expiresAt), expiryMember(token))
}
