import type { ProofSource } from '../proof-source.js'
import type { EmailCodeDependencies } from './dependencies.js'
import type { EmailCodeProof } from './port.js'

/** Names a code as the first factor of a sign-in that waits for a second one. */
export const firstFactorOf = ({ codeId, hash }: EmailCodeProof): string => `email code ${codeId} ${hash}`

/** Creates the proof of a mailed code. Every user has an address, so no credential is a user's last way to sign in. */
export function createEmailCodeProofs({ signInCodes }: Pick<EmailCodeDependencies, 'signInCodes'>): ProofSource {
  return {
    fields: {},
    isForEveryone: true,
    firstFactor: {
      method: 'email',
      async find({ email }, pending, now) {
        const code = await signInCodes.find({ email, now })
        if (code === null) return null
        const proof = { codeId: code.id, hash: code.hash }
        return pending.refersTo(firstFactorOf(proof)) ? { kind: 'emailCode', ...proof } : null
      },
    },
  }
}
