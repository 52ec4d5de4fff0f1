import { codeOf } from './refusal.js'
import type { Renewal } from './renewer.js'
import type { SessionKeeper } from './session-keeper.js'

export interface Attempts {
  /** Sends the request; `null` if there is no bearer token to send. */
  send(accessToken: string | null): Promise<Response>
  /** Whether the request can be sent again; a consumed stream cannot. */
  readonly isRepeatable: boolean
  /** Whether the request carries a password: then a 401 without a code may mean that the password is wrong. */
  readonly mayCarryPassword: boolean
}

export interface ExchangeDependencies {
  readonly keeper: SessionKeeper
  /** `null` if this token mode cannot renew an expired access token. */
  readonly renew: ((seen: number) => Promise<Renewal>) | null
  status(): 'unknown' | 'signed-in' | 'signed-out'
}

const renewable = new Set([
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_COOKIES_MISMATCHED',
])

/**
 * Says whether new tokens may help. The code of fast-auth decides. If the error handler of the application has written another
 * body, the header decides (RFC 6750, section 3.1): `invalid_token`, or no error because no token was sent.
 */
function asksForTokens({ headers }: Response, code: string | undefined, mayCarryPassword: boolean): boolean {
  if (code?.startsWith('FAST_AUTH_') === true) return renewable.has(code)
  const challenge = headers.get('www-authenticate') ?? ''
  if (/^Bearer\b.*\berror="?invalid_token/i.test(challenge)) return true
  return !mayCarryPassword && /^Bearer\b(?!.*\berror=)/i.test(challenge)
}

/** Sends a request. If the server refuses its tokens, renews them once and sends the request once more. */
export async function exchange(
  dependencies: ExchangeDependencies,
  { send, isRepeatable, mayCarryPassword }: Attempts,
): Promise<Response> {
  const { keeper, renew, status } = dependencies
  const { era } = keeper

  async function attempt() {
    const seen = keeper.renewals
    const token = (await keeper.tokens?.current())?.accessToken ?? null
    const response = await send(token)
    const code = response.status === 401 ? await codeOf(response) : undefined
    if (code === 'FAST_AUTH_SESSION_REVOKED') await keeper.ended(era)
    const isAsked = response.status === 401 && asksForTokens(response, code, mayCarryPassword)
    const isRenewable = isAsked && status() !== 'signed-out'
    // Without a refresh token, or in a mode without refreshes, the refusal is final.
    const isOver = isRenewable && (renew === null || (keeper.tokens !== null && token === null))
    if (isOver) await keeper.ended(era)
    return { response, seen, isRenewable: isRenewable && !isOver }
  }

  let { response, seen, isRenewable } = await attempt()
  // A second round is only for those who waited for another tab, which got no new tokens.
  for (let round = 0; round < 2 && isRenewable && renew !== null; round += 1) {
    const renewal = await renew(seen)
    if (typeof renewal !== 'string') return renewal.status === 401 ? response : renewal
    if (!isRepeatable || keeper.era !== era) return response
    ;({ response, seen, isRenewable } = await attempt())
    if (renewal === 'renewed') break
  }
  return response
}
