import type { ProofFinding, ProofPart, ProofSubject } from '../../storage/proof-part.js'
import type { UserRecord } from '../../storage/records.js'
import type { PasswordProof } from './port.js'

const nothingToWrite = () => {}

/** The proof of a password, on every engine: it needs only the user's record. */
export const passwordProof = {
  kinds: {
    password: {
      factor: 'first',
      check: (_step: unknown, { hash }: PasswordProof, { user }: ProofSubject): ProofFinding<void> =>
        user.passwordHash === hash ? nothingToWrite : 'stale',
    },
  },
  countFirstFactors: (_step: unknown, { passwordHash }: UserRecord) => (passwordHash === null ? 0 : 1),
} as const satisfies ProofPart<unknown, ProofFinding<void>, boolean, number>
