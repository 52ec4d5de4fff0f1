import type { FastifyInstance } from 'fastify'
import { type SignedInWithTokens, signInUser, signUpUser } from '../../lib/testing/index.js'

export const ada = { email: 'ada@example.com', password: 'correct horse battery' } as const

/** Returns the Cookie header that a client sends after this answer. */
export function cookieHeader(answer: { readonly cookies: readonly { name: string; value: string }[] }): string {
  return answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
  readonly user: { readonly id: string }
  readonly session: { readonly id: string }
}

export type SignedInWithPair = SignedInWithTokens & TokenPair

function withPair(signedIn: SignedInWithTokens): SignedInWithPair {
  const { refreshToken } = signedIn
  if (refreshToken === undefined) throw new Error('there is no refresh token in the answer')
  return { ...signedIn, refreshToken }
}

/** Signs up, with tokens in the body. */
export async function signUpForTokens(
  app: FastifyInstance,
  account: { email: string; password: string } = ada,
): Promise<SignedInWithPair> {
  return withPair(await signUpUser(app, account))
}

/** Signs in, with tokens in the body. */
export async function signInForTokens(
  app: FastifyInstance,
  account: { email: string; password: string } = ada,
): Promise<SignedInWithPair> {
  return withPair(await signInUser(app, account))
}

/** Signs up, with cookies; answers with the Cookie header. */
export async function signUpForCookies(
  app: FastifyInstance,
  account: { email: string; password: string } = ada,
): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: account })
  if (answer.statusCode !== 201) throw new Error(`sign-up answered ${answer.statusCode}: ${answer.body}`)
  return cookieHeader(answer)
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}
