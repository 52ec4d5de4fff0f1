import type { AuthenticationCredential } from '../../../schemas/passkeys/credential.js'
import type { ProofSource } from '../proof-source.js'
import type { PasskeyDependencies } from './dependencies.js'
import { provePasskey } from './prove-passkey.js'
import { reportCopy } from './report-copy.js'

declare module '../proof-source.js' {
  interface ProofValues {
    readonly credential: AuthenticationCredential
  }
}

/** Creates the proofs of passkeys. A passkey replaces a second factor, but never makes one due. */
export function createPasskeyProofs(dependencies: PasskeyDependencies): ProofSource {
  return {
    fields: {
      credential: {
        method: 'passkey',
        async prove(credential, { user, client, now }) {
          const proven = await provePasskey(dependencies, credential, now)
          if (proven?.passkey.userId !== user.id) return 'wrong_second_factor'
          const { proof } = proven
          return { proof, afterStale: () => reportCopy(dependencies, { user, proof, client, now }) }
        },
      },
    },
    async alternativesOf(userId) {
      const passkeys = await dependencies.passkeyStore.list({ userId })
      return passkeys.map(() => 'passkey')
    },
  }
}
