import { randomBytes } from 'node:crypto'
import type { ProviderFlow } from '../../../lib/features/providers/provider.js'

export const clientId = 'my-app'
export const clientSecret = 'a-secret-of-the-client-0123456789'
export const redirectUri = 'https://app.example.com/auth/providers/acme/callback'

const random = () => randomBytes(32).toString('base64url')

/** New values of one sign-in. */
export function newFlow(): ProviderFlow {
  return { state: random(), nonce: random(), codeVerifier: random() }
}

/** The parameters of a callback. `undefined` leaves one out. */
export function callbackOf(
  { state }: ProviderFlow,
  others: Readonly<Record<string, string | undefined>> = {},
): URLSearchParams {
  const parameters = Object.entries({ code: 'a-code', state, ...others })
  return new URLSearchParams(parameters.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
