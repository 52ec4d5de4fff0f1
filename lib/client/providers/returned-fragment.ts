import { runtime } from '../runtime.js'
import type { ProviderErrorCode, WaitingSignIn } from './provider-outcome.js'

/** What the callback of the server has put into the fragment of the page. */
export type Returned =
  | { readonly error: ProviderErrorCode }
  | { readonly linked: string }
  | { readonly code: string }
  | { readonly waiting: WaitingSignIn }
  | { readonly isSignUpDue: true }

const factors: readonly string[] = ['totp', 'recoveryCode', 'passkey'] satisfies WaitingSignIn['methods']
const isFactor = (method: string): method is WaitingSignIn['methods'][number] => factors.includes(method)

/**
 * Reads a fragment; `null` if it is not of fast-auth: applications have fragments of their own.
 * @param transport only with `token`, a code is one of fast-auth
 */
export function readReturned(fragment: string, transport: 'cookie' | 'token'): Returned | null {
  const parameters = new URLSearchParams(fragment)
  const [error, linked, code] = ['error', 'linked', 'code'].map(name => parameters.get(name))
  if (error?.startsWith('FAST_AUTH_') === true) return { error: error as ProviderErrorCode }
  if (linked) return { linked }
  if (code && transport === 'token') return { code }
  const status = parameters.get('status')
  if (status === 'sign_up_required') return { isSignUpDue: true }
  if (status !== 'second_factor_required') return null
  const methods = (parameters.get('methods') ?? '').split(',').filter(isFactor)
  return { waiting: { methods, expiresAt: null } }
}

/** Returns the URL of the page without its fragment; `undefined` outside browsers. */
export function ownPage(): string | undefined {
  return runtime.location?.href?.replace(/#.*/s, '')
}

/** Returns the fragment of the page. */
export function ownFragment(): string {
  return runtime.location?.href?.replace(/^[^#]*#?/, '') ?? ''
}

/** Removes the fragment from the address and from the history: it would be read again after a reload. */
export function removeFragment(): void {
  runtime.history?.replaceState(runtime.history.state, '', ownPage())
}
