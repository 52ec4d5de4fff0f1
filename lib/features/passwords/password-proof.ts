import type { ProofFinding, ProofPart, ProofSubject } from '../../storage/proof-part.js'
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
} as const satisfies ProofPart<unknown, ProofFinding<void>, boolean>
