import type { IdentityKey, IdentityProof, IdentityRecord, UserRecord } from 'fast-auth/storage'
import { type Change, ofUser, type Tables } from './tables.ts'

/** Compares issuer and subject separately: joined, two different pairs could give the same text. */
export function findIdentity({ identities }: Tables, { issuer, subject }: IdentityKey): IdentityRecord | undefined {
  return [...identities.values()].find(identity => identity.issuer === issuer && identity.subject === subject)
}

/** Returns what a proof with an identity changes; or why it does not hold. */
export function checkIdentity(
  tables: Tables,
  { id: userId }: UserRecord,
  proof: IdentityProof,
  now: number,
): (() => readonly Change[]) | 'stale' {
  const identity = findIdentity(tables, proof)
  if (identity?.userId !== userId) return 'stale'
  return () => [['identities', identity.id, { ...identity, lastUsedAt: now }]]
}

/** Removes the identities of a user. */
export function removeIdentities({ identities }: Tables, userId: string): readonly Change[] {
  return ofUser(identities, userId).map(({ id }): Change => ['identities', id, null])
}

/** Returns how many stored ways to sign in the user has. */
export function countFirstFactors({ users, passkeys, identities }: Tables, userId: string): number {
  const passwords = typeof users.get(userId)?.passwordHash === 'string' ? 1 : 0
  return passwords + ofUser(passkeys, userId).length + ofUser(identities, userId).length
}
