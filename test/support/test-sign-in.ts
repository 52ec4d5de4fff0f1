import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { MemorySender } from '../../lib/mail/index.js'
import { type SignedInWithTokens, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from './account.js'

/** The additional parts of an application with `signedIn`: Ada’s tokens, and requests with them. */
export interface TestSignIn extends SignedInWithTokens {
  /** Sends POST /auth/refresh with a bearer token. */
  refresh(accessToken: string): Promise<LightMyRequestResponse>
  /** Requests a protected route with a bearer token. */
  me(accessToken: string): Promise<LightMyRequestResponse>
}

/** Signs Ada up. With a mailbox, removes the message that she gets. */
export async function signAdaUp(app: FastifyInstance, mailbox?: MemorySender): Promise<TestSignIn> {
  const signedIn = await signUpUser(app, ada)
  await mailbox?.waitForMessage(ada.email)
  return {
    ...signedIn,
    refresh: token => app.inject({ method: 'POST', url: '/auth/refresh', headers: bearer(token) }),
    me: token => app.inject({ url: '/auth/me', headers: bearer(token) }),
  }
}
