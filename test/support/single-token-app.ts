import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from './account.js'
import { type MailApp, mailApp } from './mail-app.js'

export interface SingleTokenApp extends MailApp {
  readonly accessToken: string
  readonly session: { readonly id: string; readonly createdAt: string; readonly expiresAt: string }
  readonly user: { readonly id: string }
  /** POST /auth/refresh, with a bearer token. */
  refresh(accessToken: string): Promise<LightMyRequestResponse>
  /** A protected route, with a bearer token. */
  me(accessToken: string): Promise<LightMyRequestResponse>
}

/** An app of a token mode without refresh tokens, where Ada is signed in. */
export async function singleTokenApp(
  t: Test,
  tokenMode: 'access-only' | 'sliding',
  options: Partial<Omit<FastAuthOptions, 'email'>> = {},
): Promise<SingleTokenApp> {
  const tested = await mailApp(t, { options: { tokenMode, ...options } })
  const { accessToken, session, user } = await signUpUser(tested.app, ada)
  await tested.mailbox.waitForMessage(ada.email)
  tested.events.length = 0
  tested.calls.length = 0
  return {
    ...tested,
    accessToken,
    session,
    user,
    refresh: token => tested.post('/refresh', undefined, bearer(token)),
    me: token => tested.app.inject({ url: '/auth/me', headers: bearer(token) }),
  }
}
