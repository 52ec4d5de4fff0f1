import { type AuthUser, createAuthClient, type OperationErrorCode, passkeySupport } from 'fast-auth/client'
import { AuthProvider, SignedIn, usePasskeys, useSecondFactor, useSession, useSignIn } from 'fast-auth/react'

const client = createAuthClient({ baseUrl: '/auth' })
// @ts-expect-error An option that the client doesn't have.
createAuthClient({ url: '/auth' })

export async function greeting(email: string, password: string): Promise<string> {
  const { data, error, status } = await client.signIn({ email, password })
  // @ts-expect-error A code of another operation.
  if (error?.code === 'FAST_AUTH_USER_EXISTS') return error.message
  if (error?.code === 'FAST_AUTH_HASHING_BUSY') return `Come back in ${error.retryAfterSeconds} seconds`
  if (error?.code === 'NETWORK_FAILURE') return 'You are offline'
  // @ts-expect-error It may have been refused for something else.
  const unchecked: string = data.user.email
  if (error !== undefined) return unchecked
  // @ts-expect-error A second factor may be missing.
  const unfinished: string = data.user.email
  if (status === 202) return data.methods.includes('totp') ? data.status : unfinished
  return `Hello, ${data.user.email}`
}

export async function completed(code: string): Promise<string> {
  const { data, error } = await client.completeSignIn({ code })
  if (error?.code === 'FAST_AUTH_SIGN_IN_EXPIRED') return 'Begin again'
  // @ts-expect-error A code of another operation.
  if (error?.code === 'FAST_AUTH_INVALID_CREDENTIALS') return error.message
  return error === undefined ? `Hello, ${data.user.email}` : error.message
}

export async function signedUp(email: string, password: string): Promise<AuthUser | null> {
  const { data, error, status } = await client.signUp({ email, password })
  if (error !== undefined) return error.rule === 'breached' ? null : null
  if (status === 202) return data.status === 'confirmation_required' ? null : data.status
  return data.user
}

// @ts-expect-error The client says how tokens travel.
await client.signIn({ email: 'ada@example.com', password: 'x', transport: 'token' })
// @ts-expect-error The client keeps the token of the sign-in.
await client.completeSignIn({ code: '123456', signInToken: 'x' })
// @ts-expect-error The client says how tokens travel.
await client.confirmTotp({ code: '123456', transport: 'token' })
// @ts-expect-error The code is missing.
await client.confirmTotp({})
const confirmed = await client.confirmTotp({ code: '123456' })
export const codes: readonly string[] = confirmed.data?.recoveryCodes ?? []
await client.reauthenticate({ password: 'x', code: '123456' })
// @ts-expect-error The password is missing.
await client.signUp({ email: 'ada@example.com' })
// @ts-expect-error An id is needed.
await client.revokeSession()
await client.revokeSession({ id: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11' }, { signal: new AbortController().signal })
await client.listApiKeys({ limit: 5, sortBy: 'name' })
// @ts-expect-error Nothing is sorted by that.
await client.listApiKeys({ sortBy: 'key' })
await client.rollApiKey({ id: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11' })
export const nothing: undefined = (await client.signOut()).data
export const code: OperationErrorCode<'getMe'> = 'FAST_AUTH_SESSION_REVOKED'

export async function withPasskey(): Promise<string> {
  const { data, error } = await client.signInWithPasskey({ autofill: (await passkeySupport()).hasAutofill })
  if (error?.code === 'PASSKEY_CANCELLED') return ''
  // @ts-expect-error A code of another operation.
  if (error?.code === 'FAST_AUTH_INVALID_CREDENTIALS') return error.message
  return error === undefined ? `Hello, ${data.user.email}` : error.message
}

const added = await client.registerPasskey({ name: 'Work laptop' })
export const passkeyName: string =
  added.error?.code === 'FAST_AUTH_PASSKEY_LIMIT_REACHED' ? '' : (added.data?.name ?? '')
// @ts-expect-error The passkey is created by the browser, or given as a credential.
await client.registerPasskey({ passkey: true })
await client.completeSignIn({ passkey: true })
// @ts-expect-error The client says how tokens travel.
await client.signInWithPasskey({ transport: 'token' })
export const proven: 200 | undefined = (await client.reauthenticate({ passkey: true })).status

const { session } = client
// @ts-expect-error The user may be signed out.
export const address: string = session.user.email
export const name: string = session.status === 'signed-in' ? session.user.email : ''
export const parts = { AuthProvider, SignedIn, usePasskeys, useSecondFactor, useSession, useSignIn }
