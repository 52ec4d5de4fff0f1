import type { AuthenticationCredential } from '../../../schemas/passkeys/credential.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { challengeIn } from './client-data.js'
import type { OwnDependencies } from './dependencies.js'
import type { ChallengeHash, PasskeyProof, PasskeyRecord } from './port.js'

/** A passkey whose use was verified, and the proof of it. */
export interface ProvenPasskey {
  readonly passkey: PasskeyRecord
  readonly proof: { readonly kind: 'passkey' } & PasskeyProof
}

/**
 * Verifies the use of a passkey. Writes nothing: the storage spends the challenge in the step that accepts the proof. A challenge
 * of another server, of another ceremony or from long ago costs no storage call. An unknown passkey takes as long as a known one.
 * @returns `null` if it is not valid, whatever the reason
 */
export async function provePasskey(
  {
    passkeyChallenges,
    passkeyStore,
    passkeyVerifier,
  }: Pick<OwnDependencies, 'passkeyChallenges' | 'passkeyStore' | 'passkeyVerifier'>,
  credential: AuthenticationCredential,
  now: EpochMilliseconds,
): Promise<ProvenPasskey | null> {
  const challenge = challengeIn(credential.response.clientDataJSON)
  const issued = challenge === null ? null : passkeyChallenges.readAuthentication(challenge, now)
  if (challenge === null || issued === null) return null
  const passkey = await passkeyStore.findByCredentialId({ credentialId: credential.id })
  const publicKey = passkey?.publicKey ?? passkeyVerifier.decoyKey
  const use = await passkeyVerifier.verifyUse(credential, { challenge, publicKey })
  if (passkey === null || use === null || credential.response.userHandle !== passkey.userHandle) return null
  const challengeHash = issued.challengeHash as ChallengeHash
  const { credentialId } = passkey
  const proof = { kind: 'passkey', credentialId, challengeHash, challengeExpiresAt: issued.expiresAt, ...use } as const
  return { passkey, proof }
}
