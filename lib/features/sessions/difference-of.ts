import type { AuthEvent } from '../../events/auth-event.js'
import { widestNetworkOf } from '../../limits/network-of.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'

type Client = Pick<RequestOrigin, 'ip' | 'userAgent'>

/** How the client that repeats a refresh differs from the client that refreshed. */
type Difference = Extract<AuthEvent, { readonly name: 'authn_token_repeat' }>['reason']

/** Compares two clients that present one token: their networks (/24 of IPv4, /48 of IPv6) and user agents. `null`: they may be the same one. */
export function differenceOf(one: Client, other: Client): Difference | null {
  const isOtherAgent = one.userAgent !== other.userAgent
  if (widestNetworkOf(one.ip) !== widestNetworkOf(other.ip)) return isOtherAgent ? 'other_client' : 'other_network'
  return isOtherAgent ? 'other_user_agent' : null
}
