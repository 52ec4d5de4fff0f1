import type { ProofSource } from '../proof-source.js'
import type { ProviderDependencies } from './dependencies.js'
import type { IdentityKey } from './port.js'

/** Names an identity as the first factor of a sign-in that waits for a second one. */
export const firstFactorOf = ({ issuer, subject }: IdentityKey): string =>
  `identity ${JSON.stringify([issuer, subject])}`

/** Creates the proof of an identity. */
export function createIdentityProofs({ identities }: Pick<ProviderDependencies, 'identities'>): ProofSource {
  return {
    fields: {},
    firstFactor: {
      method: 'provider',
      async find({ id: userId }, pending) {
        const own = await identities.list({ userId })
        const identity = own.find(one => pending.refersTo(firstFactorOf(one)))
        return identity === undefined ? null : { kind: 'identity', issuer: identity.issuer, subject: identity.subject }
      },
    },
  }
}
