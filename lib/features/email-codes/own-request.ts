import type { EpochMilliseconds } from '../../storage/records.js'
import type { CodeRequest } from '../../tokens/code-request-token.js'
import type { OwnDependencies } from './dependencies.js'

/**
 * Returns the newest request of a code among the tokens of a client, if it is live and was sent by its transport: another host may
 * have set a cookie of the same name. `null` if there is none.
 */
export function ownRequest(
  { codeRequests }: Pick<OwnDependencies, 'codeRequests'>,
  tokens: readonly string[],
  { transport, now }: { readonly transport: CodeRequest['transport']; readonly now: EpochMilliseconds },
): CodeRequest | null {
  const [newest = null] = tokens
    .flatMap(token => codeRequests.read(token, now) ?? [])
    .filter(request => request.transport === transport)
    .sort((one, other) => other.expiresAt - one.expiresAt)
  return newest
}
