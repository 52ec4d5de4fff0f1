import type { EpochMilliseconds } from '../../storage/records.js'
import type { Sealer } from '../../tokens/sealer.js'
import type { ProviderIdentity } from './provider.js'

/** Lifetime of a sign-up that waits for profile fields, in milliseconds. */
export const signUpLifetime = 600_000

/** A user whom a provider has identified, and who has no account yet. */
export interface PendingSignUp {
  readonly provider: string
  readonly identity: Pick<ProviderIdentity, 'issuer' | 'subject' | 'email' | 'isEmailVerified'>
  readonly expiresAt: EpochMilliseconds
}

const context = 'pending sign-up'

/** What the token of a sign-up contains. The transport is refused where it does not belong. */
interface SignUpToken extends PendingSignUp {
  readonly transport: 'cookie' | 'token'
}

export function sealSignUp(sealer: Sealer, pending: PendingSignUp, transport: SignUpToken['transport']): string {
  return sealer.seal(JSON.stringify({ ...pending, transport }), context)
}

/** Returns the sign-up of the newest of these tokens that is authentic, live and sent by its transport; `null` if there is none. */
export function readSignUp(
  sealer: Sealer,
  tokens: readonly string[],
  { transport, now }: { readonly transport: SignUpToken['transport']; readonly now: EpochMilliseconds },
): PendingSignUp | null {
  const [newest = null] = tokens
    .flatMap(token => {
      const opened = sealer.open(token, context)
      return opened === null ? [] : [JSON.parse(opened) as SignUpToken]
    })
    .filter(pending => pending.transport === transport && now < pending.expiresAt)
    .sort((one, other) => other.expiresAt - one.expiresAt)
  return newest
}
