import type { AuthEvent } from '../events/auth-event.js'
import { networksOf } from '../limits/network-of.js'

interface Client {
  readonly ip: string | null
  readonly userAgent: string | null
}

/** Returns the widest network of a client: the /24 of IPv4, the /48 of IPv6. */
function widestNetworkOf({ ip }: Client): string | undefined {
  return networksOf(ip).at(-1)?.name
}

/** How the client that repeats a refresh differs from the client that refreshed. */
type Difference = Extract<AuthEvent, { readonly name: 'authn_token_repeat' }>['reason']

/** Compares two clients that present one token. `null`: they may be the same one. */
export function differenceOf(one: Client, other: Client): Difference | null {
  const isOtherAgent = one.userAgent !== other.userAgent
  if (widestNetworkOf(one) !== widestNetworkOf(other)) return isOtherAgent ? 'other_client' : 'other_network'
  return isOtherAgent ? 'other_user_agent' : null
}
