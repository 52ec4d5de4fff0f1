import { type ExchangeDependencies, exchange } from './exchange.js'
import type { OwnAddresses } from './own-addresses.js'

export interface RouteDependencies {
  readonly addresses: OwnAddresses
  readonly exchangeDependencies: ExchangeDependencies
  readonly send: typeof fetch
}

const isStream = (body: unknown) => typeof body === 'object' && body !== null && 'getReader' in body

/** Calls `fetch` with the credentials, only for their origin. */
export async function fetchRoute(
  { addresses, exchangeDependencies, send }: RouteDependencies,
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const address = addresses.route(input)
  const request = typeof input === 'object' && 'url' in input ? input : null
  const { tokens } = exchangeDependencies.keeper

  function attempt(accessToken: string | null): Promise<Response> {
    const headers = new Headers(init.headers ?? request?.headers)
    if (accessToken !== null) headers.set('authorization', `Bearer ${accessToken}`)
    const credentials = tokens === null ? 'include' : 'omit'
    return send(request?.clone() ?? address, { credentials, ...init, headers })
  }

  const own = new Headers(init.headers ?? request?.headers)
  // A caller that sets its own credential, such as an API key, gets the response unchanged.
  if (own.has('authorization')) return send(request ?? address, init)
  return exchange(exchangeDependencies, { send: attempt, isRepeatable: !isStream(init.body), mayCarryPassword: false })
}
