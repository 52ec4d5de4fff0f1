import {
  classifyTotpStep,
  type Proof,
  type SessionOpening,
  type SessionRecord,
  type UserRecord,
} from 'fast-auth/storage'
import { checkIdentity } from './identity-records.ts'
import { checkPasskey } from './passkeys.ts'
import { codeKey, hasSecondFactor } from './second-factors.ts'
import { checkEmailCode } from './sign-in-codes.ts'
import type { Change, Tables } from './tables.ts'

/** The kinds that this storage knows. A proof of another kind, of a later release, never holds. */
const factors: Readonly<Partial<Record<string, 'first' | 'second' | 'both'>>> = {
  password: 'first',
  totp: 'second',
  recoveryCode: 'second',
  passkey: 'both',
  emailCode: 'first',
  identity: 'first',
}

/** What using a proof for a session changes; or why it does not hold. */
type Finding = ((session: SessionRecord) => readonly Change[]) | 'stale' | 'spent'

function check(tables: Tables, user: UserRecord, proof: Proof, now: number): Finding {
  switch (proof.kind) {
    case 'password':
      return proof.hash === user.passwordHash ? () => [] : 'stale'
    case 'totp': {
      const factor = tables.totpFactors.get(user.id)
      const finding = classifyTotpStep(factor ?? null, proof)
      if (factor === undefined || finding === 'stale') return 'stale'
      if (finding === 'spent') return 'spent'
      const { step: lastStep, sealedSecret = factor.sealedSecret } = proof
      return () => [['totpFactors', user.id, { ...factor, lastStep, sealedSecret }]]
    }
    case 'recoveryCode': {
      const key = codeKey({ userId: user.id, hash: proof.hash })
      return tables.recoveryCodes.has(key) ? () => [['recoveryCodes', key, null]] : 'spent'
    }
    case 'passkey':
      return checkPasskey(tables, user, proof, now)
    case 'emailCode':
      return checkEmailCode(tables, user, proof, now)
    case 'identity':
      return checkIdentity(tables, user, proof, now)
  }
}

/** The changes of a step that uses the proofs for a session; or the outcome of one that is refused. */
export type ProofUse =
  | { readonly outcome: 'hold'; readonly changes: (session: SessionRecord) => readonly Change[] }
  | Extract<SessionOpening, { readonly outcome: 'stale' | 'spent' | 'secondFactorMissing' }>

/** Checks the proofs of a session, at most one of each kind. A new session needs a first factor. A passkey is
 * both factors. */
export function useProofs(
  tables: Tables,
  user: UserRecord,
  proofs: readonly Proof[],
  { needsFirstFactor, now }: { readonly needsFirstFactor: boolean; readonly now: number },
): ProofUse {
  const given = proofs.map(({ kind }) => factors[kind])
  const isFirstFactorGiven = given.includes('first') || given.includes('both')
  const isEnough = needsFirstFactor ? isFirstFactorGiven : given.length > 0
  const isEachKindOnce = new Set(proofs.map(({ kind }) => kind)).size === proofs.length
  if (!isEnough || !isEachKindOnce || given.includes(undefined)) return { outcome: 'stale' }
  const findings = proofs.map(proof => check(tables, user, proof, now))
  const refused = findings.find(finding => typeof finding === 'string')
  if (typeof refused === 'string') return { outcome: refused }
  const isSecondFactorGiven = given.includes('second') || given.includes('both')
  const isSecondFactorMissing = !isSecondFactorGiven && hasSecondFactor(tables, user.id)
  if (isSecondFactorMissing) return { outcome: 'secondFactorMissing' }
  const held = findings as readonly ((session: SessionRecord) => readonly Change[])[]
  return { outcome: 'hold', changes: session => held.flatMap(changes => changes(session)) }
}
